internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Attack 12: texts that want to be something else than texts.
@Suite("Attacks by what stands in texts")
struct InjectionTests {
  private static let hostile = [
    "'; drop table card cascade; --", "\") or 1=1 --", "$1", "\\'; select pg_sleep(60); --",
    "{\"a\":1}\n{\"jsonrpc\":\"2.0\"}", "%n%s\u{1B}[2J\u{9B}31m",
    "{1,2}) union select slug from tenant --",
    "\u{202E}\u{FEFF}\u{200B}", "../../etc/passwd", "x' || voronka.stale_context() || '",
  ]

  @Test(
    "In every text of every method they are taken as texts or refused, and nothing else happens")
  func everyText() async throws {
    let scene = try await IsolationScene.make()
    let owner = scene.company.owner
    var tried = 0
    for (method, cases) in IsolationCases.all.sorted(by: { $0.key < $1.key }) {
      let client = IsolationScene.kinds[method] == "operator" ? scene.company.operatorClient : owner
      // Ending one's own session ends the trial.
      guard method != "auth.logout" else { continue }
      for item in cases {
        let parameters = JSON.object(item.parameters(scene.own, scene.own))
        for variant in Self.variants(of: parameters) {
          guard let object = variant.object else { continue }
          let refusal = try await client.refusal(method, object)
          let kind = refusal?.kind ?? ""
          #expect(
            !["internal", "unavailable", "unknown_outcome"].contains(kind),
            "\(method) \(variant): \(refusal?.message ?? "")")
          #expect(kind != "unauthenticated" || method.hasPrefix("auth."), "\(method)")
          tried += 1
        }
      }
    }
    #expect(tried > 500)
    // Both companies are there, each with its own.
    #expect(try await owner.call("deal.get", ["id": .integer(scene.own.deal)]).id == scene.own.deal)
    let theirs = try await scene.otherCompany.owner.call("contact.list", ["limit": 500])
    #expect(theirs.items.count == 4)
    #expect(theirs.items.allSatisfy { $0["name"]?.string?.hasPrefix("Zulu") == true })
  }

  /// The params with one text after the other made hostile.
  private static func variants(of json: JSON) -> [JSON] {
    switch json {
    case .string: return hostile.map { .string($0) }
    case .array(let elements):
      return elements.indices.flatMap { index in
        variants(of: elements[index]).map { variant in
          var copy = elements
          copy[index] = variant
          return .array(copy)
        }
      }
    case .object(let object):
      return object.members.flatMap { member in
        variants(of: member.value).map { variant in
          var copy = object
          copy[member.name] = variant
          return .object(copy)
        }
      }
    default: return []
    }
  }

  @Test("What is taken comes back byte for byte, and is found by itself")
  func roundTrip() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Own")
    var ids: Set<Int64> = []
    for text in Self.hostile where !text.contains("\n") && !text.contains("\u{1B}") {
      let title = JSON.string("a" + text)
      guard
        try await owner.refusal(
          "deal.create", ["pipeline": .integer(pipeline.id), "title": title, "source": title])
          == nil
      else { continue }
      let deals = try await owner.call("deal.list", ["limit": 500])
      let card = try #require(deals.items.first { !ids.contains($0.id) })
      ids.insert(card.id)
      #expect(card["title"] == title && card["source"] == title)
      try await owner.call("note.add", ["card": .integer(card.id), "text": title])
      let notes = try await owner.call("note.list", ["card": .integer(card.id)])
      #expect(notes.texts("text") == ["a" + text])
      let contact = try await owner.call("contact.create", ["name": title])
      let found = try await owner.call("contact.list", ["name": title])
      #expect(found.ids.contains(contact.id))
    }
    #expect(ids.count >= 5)
    #expect(try await owner.call("contact.list", ["name": "%"]).ids == [])
    #expect(try await owner.call("contact.list", ["name": "_"]).ids == [])
  }

  @Test("A cursor, an order and a filter that were made up are refused by name or find nothing")
  func cursorsAndOrders() async throws {
    let company = try await TestInstallation.make().company()
    for text in Self.hostile {
      for list in ["deal.list", "contact.list", "audit.list", "user.list", "plan.list"] {
        let client = list == "plan.list" ? company.operatorClient : company.owner
        let refusal = try await client.refusal(list, ["after": .string(text)])
        #expect([nil, "invalid_params", "invalid"].contains(refusal?.kind), "\(list) \(text)")
      }
      let order = try await company.owner.refusal("deal.list", ["order": .string(text)])
      #expect(order?.kind == "invalid_params")
      let method = try await company.owner.refusal(text, [:])
      #expect(method?.kind == "method_not_found")
    }
    // Control.
    #expect(try await company.owner.refusal("deal.list", ["order": "oldest"]) == nil)
  }
}
