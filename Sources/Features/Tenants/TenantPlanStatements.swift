internal import Postgres
internal import SalesRules

/// What a plan does to a company, told and done by numbers alone; `$1` is the tenant.
enum TenantPlanStatements {
  /// Of the deal pipelines in use the first `$2` in their order are thawed and the others frozen; all
  /// are thawed where that is null.
  static let freeze = Statement(
    """
    with ranked as (
      select p.id,
        row_number() over (
          order by p.freeze_rank is not null, p.freeze_rank desc, p.position, p.id
        ) as rank
      from pipeline p
      where p.tenant_id = $1::bigint
        and p.kind = 'deal'
        and not p.archived
    )
    update pipeline p
    set frozen = coalesce(r.rank > $2::bigint, false),
      version = p.version + 1
    from ranked r
    where p.tenant_id = $1::bigint
      and p.id = r.id
      and p.frozen is distinct from coalesce(r.rank > $2::bigint, false)
    """)

  /// The deal pipelines in use, those first that are kept longest.
  static let kept = Statement(
    """
    select p.id, p.name, p.frozen
    from pipeline p
    where p.tenant_id = $1::bigint
      and p.kind = 'deal'
      and not p.archived
    order by p.freeze_rank is not null, p.freeze_rank desc, p.position, p.id
    """)

  /// How much is in use, in the order of `usageOrder`.
  static let usage = Statement(
    """
    select
      (
        select count(*)
        from pipeline p
        where p.tenant_id = $1::bigint
          and p.kind = 'deal'
          and not p.archived
      ),
      (
        select coalesce(max(s.stages), 0)
        from (
          select count(*) as stages
          from stage s
          where s.tenant_id = $1::bigint
          group by s.pipeline_id
        ) s
      ),
      (
        select count(*)
        from user_account u
        where u.tenant_id = $1::bigint
          and u.state = 'active'
      ),
      (
        select count(*)
        from field f
        where f.tenant_id = $1::bigint
      )
    """)

  static let usageOrder: [PlanLimit] = [.dealPipelines, .stagesPerPipeline, .users, .customFields]

  /// Reads what `usage` selects.
  static func usage(in rows: Rows) throws -> [PlanLimit: Int] {
    // There are no robots yet.
    var usage: [PlanLimit: Int] = [.robots: 0]
    guard let row = rows.first else { return usage }
    for (column, limit) in usageOrder.enumerated() {
      usage[limit] = Int(try row.integer(column))
    }
    return usage
  }
}
