internal import Postgres

/// What the section `fields` adds to the companies: fields that every stage demands, and leads; run as the
/// superuser.
enum FieldFillStatements {
  /// `$1` keys and `$2` types, for leads and for deals.
  static let fields = Statement(
    """
    insert into field (tenant_id, id, card_kind, key, name, type, position)
    select t.id, row_number() over (partition by t.id order by k.kind, f.place), k.kind, f.key, f.key, f.type,
      f.place
    from tenant t
    cross join (values ('lead'), ('deal')) as k (kind)
    cross join unnest($1::text[], $2::text[]) with ordinality as f (key, type, place)
    """)

  /// Every open stage demands `$1`.
  static let requirements = Statement(
    """
    update stage
    set required = case kind when 'open' then $1::text[] else array[]::text[] end
    """)

  /// The first team may do with leads what takes one to convert them.
  static let leadGrants = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, team_id, actions, cards, outcome, created_at)
    select p.tenant_id, (
        select max(g.id) + 1
        from access_grant g
        where g.tenant_id = p.tenant_id
      ), p.id, 1, array['view', 'create', 'edit', 'move', 'close'], 'all', 'any', p.created_at
    from pipeline p
    where p.kind = 'lead'
    """)

  /// The deals of tenant `$1` hold `$2`.
  static let values = Statement(
    """
    update card
    set fields = $2::jsonb
    where tenant_id = $1::bigint
    """)

  /// Open leads in every company, `$4` of them behind `$1` deals, each with the fields `$2`, made at `$3`.
  static let leads = Statement(
    """
    insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, amount, responsible_id, source,
      fields, created_by, created_at, stage_entered_at, touched_at)
    select p.tenant_id, $1::bigint + n, 'lead', p.id, (
        select g.id
        from stage g
        where g.tenant_id = p.tenant_id
          and g.pipeline_id = p.id
          and g.kind = 'open'
        order by g.position
        limit 1
      ), 'open', 'Lead ' || n, 5000 + n, u.id, 'site form', $2::jsonb, u.id, $3::timestamptz, $3::timestamptz,
      $3::timestamptz
    from pipeline p
    cross join lateral (
      select min(a.id) as id
      from user_account a
      where a.tenant_id = p.tenant_id
        and a.role = 'member'
    ) u
    cross join generate_series(1, $4::bigint) n
    where p.kind = 'lead'
    order by p.tenant_id, n
    """)

  /// Where the leads have been.
  static let leadStays = Statement(
    """
    insert into stay (tenant_id, card_id, version, stage_id, entered_at, entered_by)
    select c.tenant_id, c.id, 1, c.stage_id, c.created_at, c.created_by
    from card c
    where c.kind = 'lead'
    """)

  /// What has happened to the leads.
  static let leadHistories = Statement(
    """
    insert into card_history (tenant_id, card_id, version, at, user_id, change)
    select c.tenant_id, c.id, 1, c.created_at, c.created_by, 'created'
    from card c
    where c.kind = 'lead'
    """)
}
