internal import JSON

/// `voronka import status|undo ID`: what became of an import, and its taking back.
public struct ImportStatusCommand: ConsoleCommand {
  let id: Int64
  let undoes: Bool

  /// The import of an id, to be looked at or undone.
  public init(id: Int64, undoes: Bool) {
    self.id = id
    self.undoes = undoes
  }

  /// Asks the server; asks the person before undoing.
  public func run(in context: ConsoleContext) async throws {
    let result = try await Session.with(context) { session in
      guard undoes else { return try await session.call("import.status", ["id": .integer(id)]) }
      try context.confirm("Take back import \(id) with all that it brought?")
      return try await session.call("import.undo", ["id": .integer(id)])
    }
    context.present(GenericAnswer.make(result))
  }
}
