internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `field.reorder`: the order in which people find the fields.
enum FieldOrder {
  private static let order = Member<[Int64]>.array(
    "fields", of: .identifier("field", "A field's id."), count: 0...1000,
    "All fields of these cards, in their order.")

  static let method = Method(
    "field.reorder", "Puts the fields of leads or deals into an order.",
    takes: [.required(FieldMethods.cardKind), .required(order)],
    gives: Shapes.page(of: Field.schema), errors: [.invalid],
    .write(.admin) { call in
      let kind = call.arguments[FieldMethods.cardKind]
      let present = call.company.fields.filter { $0.cardKind == kind }
        .sorted { $0.listKey.lexicographicallyPrecedes($1.listKey) }
      let wanted = call.arguments[order]
      let fields = wanted.compactMap { id in present.first { $0.id == id } }
      guard fields.count == present.count, Set(wanted).count == wanted.count,
        wanted.count == present.count
      else {
        throw RPCError.invalid([
          FieldProblem(
            path: "fields", problem: "has to name each field of \(kind.rawValue)s once")
        ])
      }
      guard wanted != present.map(\.id) else { return .nothing(answer(present)) }
      let moved = fields.enumerated().map { index, field in
        var field = field
        if field.position != index + 1 {
          field.position = index + 1
          field.version += 1
        }
        return field
      }
      return Work(
        [FieldStatements.reorder(call.tenantParameter, .integers(wanted))],
        answer: answer(moved), before: answer(present), movesVersion: true)
    })

  private static func answer(_ fields: [Field]) -> RawJSON {
    Page.whole(fields) { $0.write(to: &$1) }
  }
}
