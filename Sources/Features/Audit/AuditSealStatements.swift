internal import Postgres

/// Seals of the audit; `$1` is the tenant everywhere.
enum AuditSealStatements {
  /// The last seal.
  static let last = Statement(
    """
    select number, epoch, from_xid, to_xid, rows, first_at, last_at, digest, sealed_at, key_id, mac,
      removed_at, removal_key_id, removal_mac
    from audit_seal
    where tenant_id = $1::bigint
    order by number desc
    limit 1
    """)

  /// At most `$3` seals from number `$2` on.
  static let from = Statement(
    """
    select number, epoch, from_xid, to_xid, rows, first_at, last_at, digest, sealed_at, key_id, mac,
      removed_at, removal_key_id, removal_mac
    from audit_seal
    where tenant_id = $1::bigint
      and number >= $2::bigint
    order by number
    limit $3::bigint
    """)

  /// At most `$2` of the oldest rows that no seal covers and whose transactions are over, as well as
  /// those that share the last one's transaction: in the epoch of the last seal all, if a later one has
  /// begun since, else those below every transaction that is still going on.
  static let unsealed = Statement(
    """
    with last as (
      select s.epoch, s.to_xid
      from audit_seal s
      where s.tenant_id = $1::bigint
      order by s.number desc
      limit 1
    ),
    ready as (
      select a.epoch, a.xid
      from audit a
      where a.tenant_id = $1::bigint
        and (a.epoch, a.xid) >= (
          coalesce((select epoch from last), 0), coalesce((select to_xid from last), 0))
        and (a.epoch < audit_epoch($1::bigint)
          or a.epoch = audit_epoch($1::bigint)
            and a.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
      order by a.epoch, a.xid
      limit $2::bigint
    ),
    batch as (
      select epoch, max(xid) as last_xid
      from ready
      group by epoch
      order by epoch
      limit 1
    )
    select a.epoch, a.xid, a.at, a.mac
    from audit a
    join batch b on b.epoch = a.epoch
    where a.tenant_id = $1::bigint
      and (a.epoch, a.xid) >= (
        coalesce((select epoch from last), 0), coalesce((select to_xid from last), 0))
      and a.xid <= b.last_xid
    order by a.epoch, a.xid, a.writer, a.number
    """)

  /// Whether there are rows that no seal covers, finished or not.
  static let isPending = Statement(
    """
    select exists (
      select 1
      from audit a
      where a.tenant_id = $1::bigint
        and (a.epoch, a.xid) >= (
          select s.epoch, s.to_xid
          from (
            select epoch, to_xid
            from (
              select epoch, to_xid, number
              from audit_seal
              where tenant_id = $1::bigint
              union all
              select 0, 0, 0
            ) s
            order by number desc
            limit 1
          ) s
        )
    )
    """)

  /// At most `$3` of the oldest seals whose rows are older at `$2` than the plan keeps them. The function
  /// that removes them asks the same again.
  static let due = Statement(
    """
    select s.number, s.epoch, s.from_xid, s.to_xid, s.rows, s.first_at, s.last_at, s.digest,
      s.sealed_at, s.key_id, s.mac, s.removed_at, s.removal_key_id, s.removal_mac
    from audit_seal s
    join tenant t on t.id = s.tenant_id
    join plan p on p.code = t.plan_code
    where s.tenant_id = $1::bigint
      and s.removed_at is null
      and s.last_at < $2::timestamptz - make_interval(days => p.audit_days)
    order by s.number
    limit $3::bigint
    """)

  /// Removes the rows under seal `$2`, whose time is over at `$3`: `$4` key, `$5` MAC of the removal.
  static let remove = Statement(
    """
    select remove_audit($1::bigint, $2::bigint, $3::timestamptz, $4::text, $5::bytea)
    """)

  /// `$2` number, `$3` epoch, `$4` from, `$5` to, `$6` rows, `$7` and `$8` first and last moment, `$9`
  /// digest, `$10` now, `$11` key, `$12` MAC. One who comes second finds the number taken.
  static let insert = Statement(
    """
    insert into audit_seal (tenant_id, number, epoch, from_xid, to_xid, rows, first_at, last_at,
      digest, sealed_at, key_id, mac)
    values ($1::bigint, $2::bigint, $3::integer, $4::bigint, $5::bigint, $6::bigint,
      $7::timestamptz, $8::timestamptz, $9::bytea, $10::timestamptz, $11::text, $12::bytea)
    """)

  /// Every tenant that has rows, the installation as 0.
  static let tenants = Statement(
    """
    select id
    from tenant
    union all
    select 0
    order by 1
    """)
}
