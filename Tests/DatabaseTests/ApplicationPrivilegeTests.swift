import Postgres
import TestSupport
import Testing

/// What the application role may do, table by table: the closed list. A privilege that a migration
/// gives or takes must be written down here too, by somebody who asked whether a request needs it.
@Suite struct ApplicationPrivilegeTests {
  static let allowed: [String] = [
    "access_grant: delete, insert, select, update (actions, cards, granted_by, outcome, "
      + "stages, version)",
    "access_token: delete, insert, select, update (last_used_at)",
    "activity: insert, select, update (answered_at, card_id, done_at, due_at, outcome, own_type_id, "
      + "responsible_id, state, subject, type, version)",
    "activity_type: delete, insert, select, update (active, name, version)",
    "audit: insert, select",
    "audit_seal: insert, select",
    "card: delete, insert, select, update (amount, closed_at, comment, company_id, "
      + "contact_id, fields, has_lines, last_contact_at, last_contact_status_id, outcome, "
      + "paused_until, pipeline_id, reason_id, repeat, responsible_id, source, stage_entered_at, "
      + "stage_id, title, touched_at, version, words)",
    "card_history: insert, select",
    "card_pause: insert, select, update (ended_at, paused_by, reason, until)",
    "card_word: delete, insert, select",
    "client_merge: insert, select, update (name)",
    "company: delete, insert, select, update (emails, fields, name, phones, version, words)",
    "company_point: delete, insert, select",
    "company_word: delete, insert, select",
    "contact: delete, insert, select, update (company_id, email, email_normalised, further_emails, "
      + "further_emails_normalised, further_phones, further_phones_normalised, name, "
      + "phone, phone_normalised, version, words)",
    "contact_point: delete, insert, select",
    "contact_status: delete, insert, select, update (active, meaning, name, version)",
    "contact_word: delete, insert, select",
    "deal_line: delete, insert, select",
    "event: delete, insert, select, update (number)",
    "event_head: insert, select, update (cleared, number)",
    "field: delete, insert, select, update (choices, converts_to, field_group, filterable, name, pipelines, position, "
      + "searchable, version)",
    "id_block: insert, select, update (next_id)",
    "idempotency: delete, insert, select, update",
    "import: delete, insert, select, update (finished_at, pipeline_id, removed, state)",
    "import_key: delete, insert, select",
    "invitation: delete, insert, select",
    "invoice: insert, select, update (amount, due_at, number, paid, paid_at, state, version)",
    "login_throttle: delete, insert, select, update",
    "migration: select (applied_at, checksum, name, number)",
    "note: insert, select",
    "operator_token: delete, insert, select",
    "payment: insert, select",
    "pipeline_design: insert, select",
    "pipeline: delete, insert, select, update (archived, cross_only_by_win, freeze_rank, frozen, "
      + "life_limit, name, no_back, no_skip, position, rule_team_id, rule_user_id, rule_way, version)",
    "plan: insert, select, update (audit_days, currency, custom_fields, deal_pipelines, features, "
      + "history_days, idempotency_hours, name, price, requests_per_second, robots, stages_per_pipeline, state, users, "
      + "version)",
    "product: delete, insert, select, update (name, price, version)",
    "reason: delete, insert, select, update (active, comment_rule, loss_kind, name, version)",
    "rotation: insert, select, update (people, version)",
    "search_backlog: delete, insert, select, update (after_id)",
    "session: delete, insert, select",
    "stage: delete, insert, select, update (dwell_limit, hint, key, kind, name, "
      + "position, reopens_here, required, rule_team_id, rule_user_id, rule_way, style, "
      + "transfers_to, version)",
    "stay: insert, select, update (left_at)",
    "support_access: insert, select, update (ended_at)",
    "team: delete, insert, select, update (kind, name, parent_id, version)",
    "team_member: delete, insert, select, update (lead)",
    "tenant: insert, select, update (exported_at, leads, locale, name, paid_invoice_to_win, plan_code, purge_at, "
      + "reopen_days, require_invalid_comment, require_last_contact_on_renewal, require_loss_comment, "
      + "require_loss_reason, require_win_comment, require_win_reason, state, "
      + "state_before, support_access, timezone, version)",
    "tenant_import: delete, insert, select, update (counts, digest, lines)",
    "tenant_version: insert, select, update (version)",
    "user_account: insert, select, update (absent_until, email, name, password_hash, role, state, version)",
  ]

  @Test func `The application role holds exactly the privileges of the closed list`() async throws {
    let database = try await TestDatabase.migrated()
    let held = try await privileges(database)
    let excess = Set(held).subtracting(Self.allowed).sorted()
    let missing = Set(Self.allowed).subtracting(held).sorted()
    #expect(excess == [])
    #expect(missing == [])
  }

  @Test func `A privilege on a table or on one column beyond the list is found`() async throws {
    let database = try await TestDatabase.migrated()
    try await database.connected(as: database.owner) { connection in
      _ = try await connection.executeScript(
        "grant delete on note to voronka_app; grant update (slug) on tenant to voronka_app;")
    }
    let excess = Set(try await privileges(database)).subtracting(Self.allowed)
    #expect(excess.map { $0.prefix { $0 != ":" } }.sorted() == ["note", "tenant"])
  }

  private func privileges(_ database: TestDatabase) async throws -> [String] {
    try await database.connected(as: database.superuser) { connection in
      try await connection.execute([Self.statement()])[0].map { try $0.string(0) }
    }
  }

  /// One line a table: `note: insert, select, update (text, version)`.
  private static let statement = Statement(
    """
    with held as (
      select relname, lower(privilege_type) as privilege, null as columns
      from pg_class, aclexplode(relacl)
      where relnamespace = 'voronka'::regnamespace
        and grantee = 'voronka_app'::regrole
      union all
      select relname, lower(privilege_type),
        string_agg(attname, ', ' order by attname)
      from pg_class
      join pg_attribute on attrelid = pg_class.oid, aclexplode(attacl)
      where relnamespace = 'voronka'::regnamespace
        and grantee = 'voronka_app'::regrole
      group by relname, privilege_type
    )
    select relname || ': '
      || string_agg(privilege || coalesce(' (' || columns || ')', ''), ', ' order by privilege)
    from held
    group by relname
    order by relname
    """)
}
