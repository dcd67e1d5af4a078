internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `note.*`: what people write down on cards.
enum NoteMethods {
  static let all = [add, list]

  private static let card = Member<Int64>.identifier("card", "The lead's or deal's id.")
  private static let text = Member<String>.longText("text", "What to write down.")

  private static let add = Method(
    "note.add", "Writes a note on a card. Whoever sees the card may.",
    details: "Closed cards and frozen pipelines take notes too. Notes are never changed.",
    takes: [.required(card), .required(text)], gives: Note.schema, errors: [.notFound],
    .write(.member) { call in
      let place = try await find(call)
      let note = Note(
        id: try await call.newID(.note), card: call.arguments[card], text: call.arguments[text],
        createdBy: call.standing.user, createdAt: call.now)
      return Work(
        [
          NoteStatements.insert(
            call.tenantParameter, .integer(note.id), .integer(note.card), .text(note.text),
            .integer(note.createdBy), .timestamp(note.createdAt), .integer(place.stage),
            .integer(place.responsible))
        ], answer: RawJSON { note.write(to: &$0) }, card: note.card, written: [note.card]
      ).seen(by: .at(place, card: note.card))
    })

  private static let list = Method(
    "note.list", "The notes of a card, oldest first.",
    takes: [.required(card)] + CommonMembers.page, gives: Shapes.page(of: Note.schema),
    errors: [.notFound],
    .read(.member) { call in
      let page = try Page(call)
      let id = Parameter.integer(call.arguments[card])
      let rows = try await call.read(
        NoteStatements.card(call.tenantParameter, id),
        NoteStatements.list(
          call.tenantParameter, id, .integer(try page.afterID()), page.fetch))
      guard !rows[0].isEmpty else { throw RPCError.notFound(what: "card") }
      return page.result(try rows[1].map(Note.init), key: { String($0.id) }) {
        $0.write(to: &$1)
      }
    })

  private static func find(_ call: TenantCall) async throws -> RightsCard {
    let rows = try await call.read(
      NoteStatements.card(call.tenantParameter, .integer(call.arguments[card])))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "card") }
    return try RightsCard(row)
  }
}
