internal import Postgres

/// What rights look at; `$1` is the tenant.
enum AccessStatements {
  /// Where card `$2` is, whose it is and how it stands.
  static let place = Statement(
    """
    select c.pipeline_id, c.stage_id, c.responsible_id, c.outcome
    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
    """)

  /// Everybody: id, name, role, and whether they are active.
  static let people = Statement(
    """
    select u.id, u.name, u.role, u.state = 'active'
    from user_account u
    where u.tenant_id = $1::bigint
    order by u.id
    """)

  /// How many cards the caller sees of each responsible in each stage of the pipelines `$2`.
  static let counts = Statement(
    """
    select c.pipeline_id, c.stage_id, c.responsible_id, c.outcome, count(*)
    from card c
    where c.tenant_id = $1::bigint
      and c.pipeline_id = any ($2::bigint[])
    group by c.pipeline_id, c.stage_id, c.responsible_id, c.outcome
    """)

  /// The newest cards of the responsibles `$3` in the stages `$2`, which go in pairs, at most `$4`.
  static let cardsOf = Statement(
    """
    select c.id, c.pipeline_id, c.responsible_id
    from card c
    join unnest($2::bigint[], $3::bigint[]) as w (stage_id, responsible_id)
      on w.stage_id = c.stage_id and w.responsible_id = c.responsible_id
    where c.tenant_id = $1::bigint
    order by c.id desc
    limit $4::bigint
    """)
}
