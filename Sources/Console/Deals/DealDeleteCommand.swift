internal import JSON

/// `voronka deal delete ID`: a deal that should not be there; asks first.
public struct DealDeleteCommand: ConsoleCommand {
  let id: Int64

  /// The deal of an id.
  public init(id: Int64) {
    self.id = id
  }

  /// Names the deal, asks, and deletes it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let card = try await session.call("deal.get", ["id": .integer(id)])
      let dry = try await session.call("deal.delete", ["id": .integer(id), "dry_run": true])
      let parts = ["invoices", "activities", "notes"].compactMap { noun in
        (dry[noun]?.int64).flatMap { $0 > 0 ? "\($0) \(noun)" : nil }
      }
      let further = parts.isEmpty ? "" : ", with \(parts.joined(separator: ", "))"
      try context.confirm("Delete deal \(id) \"\(CellText.exact(card["title"]))\"\(further)?")
      let result = try await session.call("deal.delete", ["id": .integer(id)])
      return Answer(json: result) { _ in ["Deleted deal \(id)."] }
    }
    context.present(answer)
  }
}
