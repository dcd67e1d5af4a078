internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

extension TestCompany {
  /// Runs a statement as the superuser, whom no policy binds.
  @discardableResult
  func query(_ statement: Statement, _ parameters: Parameter...) async throws -> Rows {
    let bound = statement.bind(parameters)
    return try await installation.database.connected(as: installation.database.superuser) {
      _ = try await $0.executeScript("set search_path to voronka")
      return try await $0.execute([bound])[0]
    }
  }

  /// The ids of its pipelines, that for leads first.
  func pipelines() async throws -> [Int64] {
    let rows = try await query(
      Statement(
        "select id from pipeline where tenant_id = $1::bigint order by kind = 'deal', id"),
      .integer(id))
    return try rows.map { try $0.integer(0) }
  }

  /// Puts cards into the tables directly: number, pipeline, responsible and outcome of each, and the
  /// stage, where 0 is the first of the outcome.
  func insertCards(_ cards: [(id: Int64, card: RightsCard)]) async throws {
    try await query(
      Statement(
        """
        insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, responsible_id,
          created_at, stage_entered_at, touched_at, closed_at)
        select $1::bigint, c.id, p.kind, p.id, s.id, c.outcome, 'Card ' || c.id, c.responsible, now(),
          now(), now(), case when c.outcome <> 'open' then now() end
        from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])
          as c (id, pipeline, responsible, outcome, stage)
        join pipeline p on p.tenant_id = $1::bigint and p.id = c.pipeline
        cross join lateral (
          select s.id
          from stage s
          where s.tenant_id = $1::bigint and s.pipeline_id = p.id and s.kind = c.outcome
            and c.stage in (0, s.id)
          order by s.position
          limit 1
        ) s
        """), .integer(id), .integers(cards.map(\.id)), .integers(cards.map(\.card.pipeline)),
      .integers(cards.map(\.card.responsible)), .strings(cards.map(\.card.outcome.rawValue)),
      .integers(cards.map(\.card.stage)))
  }

  /// Gives a right and gives the grant's id.
  @discardableResult
  func give(
    _ actions: [Action], on pipeline: Int64, to subject: JSON, cards: CardScope = .all,
    outcome: OutcomeScope = .any, stages: Set<Int64>? = nil, by client: TestClient? = nil
  ) async throws -> Int64 {
    let grant = try await (client ?? owner).call(
      "grant.give",
      [
        "pipeline": .integer(pipeline), "to": subject,
        "actions": .array(actions.map { .string($0.rawValue) }), "cards": .string(cards.rawValue),
        "outcome": .string(outcome.rawValue),
        "stages": stages.map { .array($0.sorted().map { .integer($0) }) } ?? .null,
      ])
    return try #require(grant["id"]?.int64)
  }

  /// A user's e-mail address, as `user(_:role:teams:)` makes it.
  func email(_ name: String) -> String { "\(name)@\(slug).example" }

  /// What a log-in with this password is refused with; nil where it lets in.
  func loginRefusal(_ name: String, password: String = TestCompany.password) async throws
    -> RPCErrorKind?
  {
    let refusal = try await installation.client().refusal(
      "auth.login",
      [
        "tenant": .string(slug), "email": .string(email(name)), "password": .string(password),
      ])
    return refusal?.kind
  }
}

extension RightsCard {
  /// A card in the first stage of its outcome.
  init(pipeline: Int64, responsible: Int64?, outcome: Outcome) {
    self.init(pipeline: pipeline, stage: 0, responsible: responsible, outcome: outcome)
  }
}

typealias RPCErrorKind = String

extension JSON {
  /// The ids in an array.
  func ids(_ name: String) -> [Int64] {
    (self[name]?.array ?? []).compactMap(\.int64)
  }
}

extension TestClient {
  /// All items of a list, page by page.
  func all(_ method: String, _ parameters: JSONObject = [:]) async throws -> [JSON] {
    var items: [JSON] = []
    var parameters = parameters
    while true {
      let page = try await call(method, parameters)
      items += page["items"]?.array ?? []
      guard let next = page["next"], !next.isNull else { return items }
      parameters["after"] = next
    }
  }
}
