internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// Every method, with the things of another company and with things that never were: the two are the
/// same reply, and nothing of the other company is in it.
@Suite("Isolation of companies and roles, method by method")
struct IsolationTests {
  @Test("Every method of the server stands in the table of cases")
  func completeness() async throws {
    let document = try await TestInstallation.make().client().call("rpc.discover")
    let known = (document["methods"]?.array ?? []).compactMap { $0["name"]?.string }
    #expect(known.count > 80)
    #expect(Set(known).subtracting(IsolationCases.all.keys).sorted() == [], "without cases")
    #expect(Set(IsolationCases.all.keys).subtracting(known).sorted() == [], "not there any more")
  }

  @Test("Control: the owner, or the operator, succeeds with things of the own company")
  func control() async throws {
    let scene = try await IsolationScene.make()
    var number = 1
    for (method, cases) in IsolationCases.all.sorted(by: { $0.key < $1.key }) {
      for item in cases {
        var own = scene.own
        if item.usesUp {
          own = try await .make(in: scene.company, mark: "Alpha", number: number)
          number += 1
        }
        let asked = try await scene.control(method)
        let refusal = try await asked.refusal(method, item.parameters(own, own))
        if method == "tenant.suspend" {
          try await asked.call("tenant.resume", ["tenant": .string(own.slug)])
          // Suspension has ended the sessions.
          let slug = scene.company.slug
          try await scene.company.owner.call(
            "auth.login",
            [
              "tenant": .string(slug), "email": .string("owner@\(slug).example"),
              "password": .string(TestCompany.password),
            ])
        }
        if item.isRefusedAnyway {
          #expect(refusal != nil, "\(method)")
        } else {
          #expect(refusal == nil, "\(method): \(refusal?.message ?? "")")
        }
      }
    }
  }

  @Test("Another company's owner learns nothing, nor whether a thing exists")
  func anotherOwner() async throws {
    let scene = try await IsolationScene.make()
    try await scene.walk { scene.company.owner }
  }

  @Test("A member without any right learns nothing of the own company either, nor of another")
  func memberWithoutRights() async throws {
    let scene = try await IsolationScene.make()
    let member = try await scene.company.user("nobody")
    try await scene.walk { member.client }
    for (method, cases) in IsolationCases.all where !IsolationScene.ofOneself.contains(method) {
      for item in cases {
        let own = await IsolationScene.outcome(
          member.client, method, item.parameters(scene.own, scene.own))
        #expect(!own.text.contains("Alpha"), "\(method) tells \(own.text)")
        guard item.namesOthers else { continue }
        let never = await IsolationScene.outcome(
          member.client, method, item.parameters(scene.own, .never))
        #expect(own == never, "\(method) \(item.parameters(scene.own, scene.own))")
      }
    }
  }

  @Test("The operator is no user of a company, and no user is the operator")
  func operatorAndUsers() async throws {
    let scene = try await IsolationScene.make()
    try await scene.walk { scene.company.operatorClient }
    for (method, cases) in IsolationCases.all {
      guard let kind = IsolationScene.kinds[method] else { continue }
      for item in cases {
        let parameters = item.parameters(scene.own, scene.own)
        let stranger = kind == "operator" ? scene.company.owner : scene.company.operatorClient
        let refusal = try await stranger.refusal(method, parameters)
        #expect(refusal?.kind == "forbidden", "\(method)")
      }
    }
  }

  @Test("Before log-in every method but the open ones says so, whatever is named")
  func nobody() async throws {
    let scene = try await IsolationScene.make()
    let client = scene.company.installation.client()
    for (method, cases) in IsolationCases.all {
      let isOpen =
        method.hasPrefix("system.")
        || ["rpc.discover", "auth.login", "auth.token", "auth.accept"].contains(method)
      for item in cases where !isOpen {
        for things in [scene.own, scene.others, .never] {
          let refusal = try await client.refusal(method, item.parameters(things, things))
          #expect(refusal?.kind == "unauthenticated", "\(method)")
        }
      }
    }
  }

  @Test(
    "An idempotency key of another principal is no key: neither its answer nor its being used shows"
  )
  func idempotencyKeys() async throws {
    let scene = try await IsolationScene.make()
    let request: JSONObject = ["name": "Client", "idempotency_key": "shared"]
    let theirs = try await scene.otherCompany.owner.call("company.create", request)
    let ours = try await scene.company.owner.call("company.create", request)
    #expect(ours.id != theirs.id)
    let admin = try await scene.company.user("admin", role: "admin")
    let third = try await admin.client.call(
      "company.create", ["name": "Otherwise", "idempotency_key": "shared"])
    #expect(third["name"] == "Otherwise" && third.id != ours.id)
    #expect(try await scene.company.owner.call("company.create", request) == ours)
  }

  @Test("A cursor of another company's list gives one's own rows alone")
  func cursors() async throws {
    let scene = try await IsolationScene.make()
    for list in ["contact.list", "company.list", "deal.list", "lead.list", "user.list"] {
      let page = try await scene.otherCompany.owner.call(list, ["limit": 1])
      let next = try #require(page["next"]?.string, "\(list)")
      let outcome = await IsolationScene.outcome(
        scene.company.owner, list, ["after": .string(next), "limit": 500])
      #expect(!outcome.text.contains("Zulu") && outcome.numbers.allSatisfy { $0 < 5000 })
    }
  }
}
