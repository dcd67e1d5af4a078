public import Postgres
internal import SalesRules

/// A member's compiled rights as the texts that stand in the settings, for `voronkad bench`.
public struct BenchmarkRights: Sendable {
  private let rights: CompiledRights

  /// From the results of `BenchmarkStatements.rights` and `BenchmarkStatements.lastPerson`.
  public init(_ rows: Rows, lastPerson: Rows) throws {
    guard let row = lastPerson.first else {
      throw PostgresError(.decoding, message: "there is no last person")
    }
    rights = try CompiledRights(rows, lastPerson: row.integer(0))
  }

  /// The pipelines on which anything is held.
  public var pipelines: String { Self.text(rights.parameters.pipelines) }
  /// Those that may be configured.
  public var configure: String { Self.text(rights.parameters.configure) }
  /// Those that may be created in.
  public var createIn: String { Self.text(rights.parameters.createIn) }
  /// How many sets of people there are.
  public var sets: String { Self.text(rights.parameters.sets) }

  /// Where an action is held.
  public func places(_ action: String) -> String { Self.text(held(action).bits.places) }
  /// On whose cards.
  public func people(_ action: String) -> String { Self.text(held(action).bits.people) }

  private func held(_ action: String) -> CompiledRights.Held {
    Action(rawValue: action).map { rights[$0] } ?? .none
  }

  private static func text(_ parameter: Parameter) -> String {
    switch parameter {
    case .null: ""
    case .text(let text): text
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
