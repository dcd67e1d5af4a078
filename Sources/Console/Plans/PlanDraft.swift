internal import JSON

/// What a plan is to be made of, or what of it is to change, as it was typed.
public struct PlanDraft: Sendable {
  /// The plan's code.
  public var code: String
  /// What it is called.
  public var name: String?
  /// Limits as `name=number` or `name=none`.
  public var limits: [String] = []
  /// Features; nil where they are not spoken of.
  public var features: [String]?
  /// How long things are kept, as `history_days=365` or `history_days=none`.
  public var retention: [String] = []

  /// A draft that says nothing yet.
  public init(code: String) {
    self.code = code
  }

  /// The members of the request that were spoken of.
  func members() throws -> JSONObject {
    var members: JSONObject = ["code": .string(code)]
    members["name"] = name.map { .string($0) }
    if !limits.isEmpty { members["limits"] = try Self.numbers(limits, example: "users") }
    members["features"] = features.map { .array($0.map { .string($0) }) }
    if !retention.isEmpty {
      members["retention"] = try Self.numbers(retention, example: "history_days")
    }
    return members
  }

  private static func numbers(_ arguments: [String], example: String) throws -> JSON {
    var numbers = JSONObject()
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      let number = parts.count == 2 ? Int64(parts[1]) : nil
      guard parts.count == 2, number != nil || parts[1] == "none" else {
        throw ConsoleFailure.usage(
          "\"\(argument)\" says no number: write \(example)=10 or \(example)=none.")
      }
      numbers[parts[0]] = number.map { .integer($0) } ?? .null
    }
    return .object(numbers)
  }
}
