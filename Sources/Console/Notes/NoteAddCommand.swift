internal import JSON

/// `voronka note add CARD TEXT`: something written down on a card.
public struct NoteAddCommand: ConsoleCommand {
  let card: Int64
  let text: String

  /// A text for the lead or deal of an id.
  public init(card: Int64, text: String) {
    self.card = card
    self.text = text
  }

  /// Writes it down and prints the note.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let note = try await session.call(
        "note.add", ["card": .integer(card), "text": .string(text)])
      return GenericAnswer.make(note, of: "note.add")
    }
    context.present(answer)
  }
}
