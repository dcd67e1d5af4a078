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
    let answer = try await Session.answer(context) { session in
      if undoes { try context.confirm("Take back import \(id) with all that it brought?") }
      let method = undoes ? "import.undo" : "import.status"
      let result = try await session.call(method, ["id": .integer(id)])
      return GenericAnswer.make(result, of: method)
    }
    context.present(answer)
  }
}
