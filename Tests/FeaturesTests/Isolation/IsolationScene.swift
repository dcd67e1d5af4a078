internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// Two companies with one of each thing. The other one's texts all say Zulu, and its numbers begin at
/// 5000, so that none of them means anything in the own company.
struct IsolationScene: Sendable {
  let company: TestCompany
  let otherCompany: TestCompany
  let own: CompanyThings
  let others: CompanyThings

  /// Methods that concern the asker's own session.
  static let ofOneself: Set<String> = [
    "auth.whoami", "auth.logout", "auth.login", "auth.token", "auth.change_password", "auth.accept",
    "token.create", "token.list",
    // Tells a company's people its own name.
    "settings.get",
  ]

  /// What whose methods are; those of everybody are not here.
  static let kinds: [String: String] = {
    let open: Set<String> = [
      "system.hello", "system.ping", "system.status", "rpc.discover", "auth.login", "auth.token",
      "auth.whoami", "auth.logout", "auth.accept", "auth.assume", "audit.list", "audit.verify",
    ]
    var kinds: [String: String] = [:]
    for method in IsolationCases.all.keys where !open.contains(method) {
      let isOperators =
        method.hasPrefix("plan.") || method.hasPrefix("tenant.") || method == "system.check"
      kinds[method] = isOperators ? "operator" : "user"
    }
    return kinds
  }()

  static func make() async throws -> IsolationScene {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("alpha")
    let other = try await installation.company("zulu")
    try await other.write(IsolationRows.farAway(.integer(other.id)))
    return IsolationScene(
      company: company, otherCompany: other,
      own: try await .make(in: company, mark: "Alpha"),
      others: try await twice(in: other))
  }

  /// Two of everything, so that lists have a next page.
  private static func twice(in company: TestCompany) async throws -> CompanyThings {
    _ = try await CompanyThings.make(in: company, mark: "Zulu", number: 1)
    let things = try await CompanyThings.make(in: company, mark: "Zulu", number: 0)
    try #require(things.deal >= 5000 && things.user >= 5000 && things.stage >= 5000)
    return things
  }

  /// Who may call the method, on a connection that may be logged out.
  func control(_ method: String) async throws -> TestClient {
    if Self.kinds[method] == "operator" { return company.operatorClient }
    guard method.hasPrefix("auth.") else { return company.owner }
    return try await company.installation.login(company.slug, own.email)
  }

  /// Calls every method with the other company's things and with things that never were.
  func walk(as client: () -> TestClient) async throws {
    for (method, cases) in IsolationCases.all {
      // The operator knows companies and plans by name.
      let knowsCatalogue =
        client().identity == company.operatorClient.identity && Self.kinds[method] == "operator"
      // Looking into a company is what the operator may; the support's own tests are about that.
      let isLook =
        client().identity == company.operatorClient.identity && method == "auth.assume"
      guard !knowsCatalogue, !isLook, method != "auth.logout" else { continue }
      for item in cases {
        let foreign = await Self.outcome(client(), method, item.parameters(own, others))
        #expect(!foreign.text.contains("Zulu"), "\(method) tells \(foreign.text)")
        let theirs = foreign.numbers.filter { (5000..<6000).contains($0) }
        #expect(theirs == [], "\(method) tells \(foreign.text)")
        guard item.namesOthers else { continue }
        let never = await Self.outcome(client(), method, item.parameters(own, .never))
        #expect(foreign == never, "\(method) \(item.parameters(own, others))")
        #expect(foreign.refusal?.kind != "invalid_params", "\(method): \(foreign.text)")
        #expect(
          foreign.isRefusal || Self.isLook(method), "\(method) takes another company's number")
      }
    }
  }

  private static func isLook(_ method: String) -> Bool {
    method.hasSuffix(".list") || method.hasPrefix("report.") || method == "deal.board"
  }

  /// What came of a call: the result, or code, kind, sentence and data of the refusal.
  struct Outcome: Equatable {
    let result: JSON?
    let refusal: RPCError?

    var isRefusal: Bool { refusal != nil }

    var text: String {
      if let refusal { return "\(refusal.code) \(refusal.message) \(refusal.data)" }
      return result?.description ?? ""
    }

    /// Every whole number in the result.
    var numbers: [Int64] { result.map(Self.numbers) ?? [] }

    private static func numbers(in json: JSON) -> [Int64] {
      switch json {
      case .array(let elements): elements.flatMap(numbers)
      case .object(let object): object.members.flatMap { numbers(in: $0.value) }
      default: json.int64.map { [$0] } ?? []
      }
    }
  }

  static func outcome(
    _ client: TestClient, _ method: String, _ parameters: JSONObject
  ) async -> Outcome {
    do {
      return Outcome(result: try await client.call(method, parameters), refusal: nil)
    } catch let error as RPCError {
      return Outcome(result: nil, refusal: error)
    } catch {
      return Outcome(result: .string("\(error)"), refusal: nil)
    }
  }
}

enum IsolationRows {
  /// Lets the numbers of tenant `$1` begin at 5000.
  static let farAway = Statement(
    """
    insert into voronka.id_block (tenant_id, kind, next_id)
    select $1::bigint, kind, 5000
    from unnest('{user,session,team,pipeline,stage,reason,field,grant,card,contact,company,product,
      note,activity,import,token,invitation,support,invoice,contact_status,
      activity_type}'::text[]) as kind
    on conflict (tenant_id, kind) do update
    set next_id = excluded.next_id
    """)
}
