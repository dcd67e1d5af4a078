internal import JSON
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features
@testable internal import Postgres

/// A company with tens of thousands of cards beside another one of the same size, with statistics.
struct FilledCompany: Sendable {
  let company: TestCompany
  let pipeline: Int64
  let stage: Int64
  /// Views the cards of their team, and works on their own.
  let seller: Int64
  let owner: Int64

  private static let making = Task { try await make() }

  static func shared() async throws -> FilledCompany { try await making.value }

  private static func make() async throws -> FilledCompany {
    let installation = try await TestInstallation.make()
    var filled: [FilledCompany] = []
    for slug in ["alpha", "zulu"] {
      let company = try await installation.company(slug)
      let pipeline = try await company.pipeline("Sales")
      let team = try await company.team("sellers")
      let seller = try await company.user("seller", teams: [team])
      for (to, cards) in [
        (["team": .integer(team)], "team"), (["user": .integer(seller.id)], "own"),
      ] as [(JSON, JSON)] {
        try await company.owner.call(
          "grant.give",
          [
            "pipeline": .integer(pipeline.id), "to": to, "actions": ["view", "edit"],
            "cards": cards,
          ])
      }
      let stage = pipeline["stages"]?[1]?.id ?? 0
      try await company.installation.database.connected(
        as: installation.database.superuser
      ) {
        _ = try await $0.executeScript(fill(company.id, pipeline.id, stage, seller.id))
      }
      filled.append(
        FilledCompany(
          company: company, pipeline: pipeline.id, stage: stage, seller: seller.id, owner: 1))
    }
    try await installation.database.connected(as: installation.database.superuser) {
      _ = try await $0.executeScript("vacuum analyze;")
    }
    return try #require(filled.first)
  }

  private static func fill(
    _ tenant: Int64, _ pipeline: Int64, _ stage: Int64, _ seller: Int64
  ) -> String {
    """
    set session_replication_role = replica;
    set search_path to voronka;
    insert into contact (tenant_id, id, name, phone, phone_normalised, created_at)
    select \(tenant), n, 'Client ' || n, n::text, '+7916' || lpad(n::text, 7, '0'), now()
    from generate_series(1000, 20999) n;
    insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, contact_id,
      responsible_id, created_at, stage_entered_at, touched_at)
    select \(tenant), n, 'deal', \(pipeline), \(stage) + n % 2, 'open', 'Deal ' || n, n,
      case when n % 10 = 0 then \(seller) else 1 end, now(), now(), now()
    from generate_series(1000, 20999) n;
    insert into card_word (tenant_id, word, card_id)
    select \(tenant), w.word, n
    from generate_series(1000, 20999) n
    cross join lateral (
      values (e'\\x017=' || lpad((n / 4)::text, 16, '0')), (e'\\x018=' || lpad((n % 2)::text, 16, '0'))
    ) w (word);
    insert into contact_word (tenant_id, word, contact_id)
    select \(tenant), e'\\x01client' || e'\\x02' || n, n
    from generate_series(1000, 20999) n;
    insert into company (tenant_id, id, name, created_at)
    select \(tenant), n, 'Firm ' || n, now()
    from generate_series(1000, 20999) n;
    insert into company_point (tenant_id, value, company_id)
    select \(tenant), '+7916' || lpad(n::text, 7, '0'), n
    from generate_series(1000, 20999) n;
    insert into company_word (tenant_id, word, company_id)
    select \(tenant), e'\\x01firm' || e'\\x02' || n, n
    from generate_series(1000, 20999) n;
    insert into stay (tenant_id, card_id, version, stage_id, entered_at)
    select tenant_id, id, 1, stage_id, now()
    from card
    where tenant_id = \(tenant);
    insert into card_history (tenant_id, card_id, version, at, change)
    select tenant_id, id, 1, now(), 'created'
    from card
    where tenant_id = \(tenant);
    insert into note (tenant_id, id, card_id, text, created_at)
    select \(tenant), n, n, 'Note', now()
    from generate_series(1000, 20999) n;
    insert into activity (tenant_id, id, card_id, type, direction, state, due_at, done_at, created_at)
    select \(tenant), n, n, 'call', case when n % 3 = 0 then 'incoming' else 'outgoing' end,
      case when n % 3 = 0 then 'done' else 'planned' end, now(),
      case when n % 3 = 0 then now() end, now()
    from generate_series(1000, 20999) n;
    update card c
    set next_activity_id = a.id,
      next_activity_type = a.type,
      next_activity_due_at = a.due_at
    from activity a
    where c.tenant_id = \(tenant)
      and a.tenant_id = \(tenant)
      and a.card_id = c.id
      and a.state = 'planned';
    insert into invoice (tenant_id, id, card_id, number, amount, due_at, created_at)
    select \(tenant), n, n, n::text, 100, current_date + n % 30, now()
    from generate_series(1000, 20999) n
    where n % 4 = 0;
    update card
    set paused_until = now() + interval '10 days'
    where tenant_id = \(tenant)
      and id % 200 = 0;
    insert into card_pause (tenant_id, card_id, version, started_at, until, reason)
    select tenant_id, id, 1, now(), paused_until, 'Holiday'
    from card
    where tenant_id = \(tenant)
      and paused_until is not null;
    insert into audit (tenant_id, at, writer, number, epoch, actor, user_id, request, method, noun,
      subject, key_id, mac)
    select \(tenant), now() - n * interval '1 minute', 1, n, 0, 'user', 1, 'r', 'deal.create', 'deal',
      n::text, 'k', 'm'
    from generate_series(1000, 20999) n;
    """
  }

  /// The plan of a statement as the application role runs it, with the person's real context.
  func plan(
    of statement: BoundStatement, as user: Int64, behind settings: BoundStatement? = nil
  ) async throws -> String {
    let services = company.installation.dispatcher.services
    let entry = try #require(try await services.directory.entry(company.id))
    let standing = try #require(try await services.directory.standing(of: user, in: entry))
    let explained = BoundStatement(
      definition: .registered("explain " + statement.definition.text),
      parameters: statement.parameters)
    let context = [standing.readContext] + (settings.map { [$0] } ?? [])
    let results = try await company.installation.pools.reports.transaction(context + [explained])
    return try results[context.count].map { try $0.string(0) }.joined(separator: "\n")
  }
}
