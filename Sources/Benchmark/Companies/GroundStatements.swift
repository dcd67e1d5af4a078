internal import Postgres

/// What is in the database that is to be measured; run as the superuser.
enum GroundStatements {
  /// PostgreSQL's version.
  static let version = Statement(
    """
    select current_setting('server_version')
    """)

  /// The first company, the last, and how many there are.
  static let tenants = Statement(
    """
    select coalesce(min(id), 0), coalesce(max(id), 0), count(*)
    from tenant
    """)

  /// Of the first `$1` deals, how many the poorest and the richest company has.
  static let deals = Statement(
    """
    select coalesce(min(c.deals), 0), coalesce(max(c.deals), 0)
    from (
      select t.id, (
          select count(*)
          from card c
          where c.tenant_id = t.id
            and c.id <= $1::bigint
            and c.kind = 'deal'
        ) as deals
      from tenant t
    ) c
    """)

  /// How many different designs of pipelines, versions and people the companies have.
  static let differences = Statement(
    """
    select count(distinct d.design), count(distinct d.version), count(distinct d.people)
    from (
      select v.version,
        (
          select string_agg(concat_ws(':', g.pipeline_id, g.id, g.kind), ' ' order by g.id)
          from stage g
          where g.tenant_id = v.tenant_id
        ) as design,
        (
          select string_agg(concat_ws(':', u.id, u.role), ' ' order by u.id)
          from user_account u
          where u.tenant_id = v.tenant_id
        ) as people
      from tenant_version v
    ) d
    """)

  /// The stages of company `$1`'s deal pipelines, in their order.
  static let stages = Statement(
    """
    select g.pipeline_id, g.id, g.kind
    from stage g
    join pipeline p on p.tenant_id = g.tenant_id and p.id = g.pipeline_id
    where g.tenant_id = $1::bigint
      and p.kind = 'deal'
    order by g.pipeline_id, g.position
    """)

  /// The stage of company `$1` in which converted leads stand.
  static let converted = Statement(
    """
    select min(g.id)
    from stage g
    join pipeline p on p.tenant_id = g.tenant_id and p.id = g.pipeline_id
    where g.tenant_id = $1::bigint
      and g.kind = 'won'
      and p.kind = 'lead'
    """)

  /// The version of company `$1`, its owner and its first seller.
  static let people = Statement(
    """
    select v.version,
      (
        select min(u.id)
        from user_account u
        where u.tenant_id = v.tenant_id
          and u.role = 'owner'
      ),
      (
        select min(u.id)
        from user_account u
        where u.tenant_id = v.tenant_id
          and u.role = 'member'
      )
    from tenant_version v
    where v.tenant_id = $1::bigint
    """)

  /// How many different rights user `$1` has in the companies.
  static let differentRights = Statement(
    """
    select count(distinct (
        select string_agg(concat_ws(' ', r.action, r.pipelines, r.stages, r.people), ';'
          order by r.action, r.stages)
        from compiled_rights(t.id, $1::bigint) r
      ))
    from tenant t
    """)

  /// Where the deals stand that are moved: every fourth of the first `$1`.
  static let places = Statement(
    """
    select tenant_id, id, stage_id
    from card
    where id <= $1::bigint
      and id % 4 = 0
    """)
}
