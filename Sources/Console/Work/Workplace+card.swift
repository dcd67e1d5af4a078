internal import Glibc
internal import JSON

/// One card on the whole screen, with all keys that change it.
extension Workplace {
  func open(_ card: JSON) async throws {
    let (kind, id) = (kind(of: card), card["id"] ?? .null)
    while true {
      let parts = try await parts(of: id, kind: kind)
      let page = CardPage(
        parts: parts, pipelines: pipelines, people: people, moments: moments,
        style: context.style)
      let key = try await show(
        bottom: "n p d c b m > w x i o z y e s f: as on the board. Esc back."
      ) {
        page.lines($0)
      }
      switch key.command {
      case .interrupt: throw WorkEnd.signal(SIGINT)
      case .escape, .enter, .backspace, .endOfInput, .left, .character("q"), .character("h"): return
      case .character("?"): try await show { WorkHelp.lines($0) }
      case .character("r"): continue
      case let key: try await attempt { _ = try await act(on: key, parts.card) }
      }
    }
  }

  private func parts(of id: JSON, kind: String) async throws -> CardPage.Parts {
    try await online { session in
      let card = try await session.call("\(kind).get", ["id": id])
      let all = { (method: String, member: String) async throws -> [JSON] in
        let page = try await session.ifAllowed(method, [member: id, "limit": 500])
        return page["items"]?.array ?? []
      }
      var parts = CardPage.Parts(card: card)
      if let contact = card["contact"], !contact.isNull {
        parts.contact = try await session.ifAllowed("contact.get", ["id": contact])
      }
      if let company = card["company"], !company.isNull {
        parts.company = try await session.ifAllowed("company.get", ["id": company])
      }
      parts.fields =
        try await session.ifAllowed("field.list", ["for": .string(kind), "limit": 500])["items"]?
        .array ?? []
      parts.activities = try await all("activity.list", "card")
      if kind == "deal" { parts.invoices = try await all("invoice.list", "deal") }
      parts.notes = try await all("note.list", "card")
      parts.history = try await all("\(kind).history", "id")
      if card["reason"]?.isNull == false {
        parts.reasons =
          try await session.ifAllowed("reason.list", ["inactive": true, "limit": 500])["items"]?
          .array ?? []
      }
      return parts
    }
  }
}
