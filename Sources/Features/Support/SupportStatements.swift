internal import Postgres

/// The operator's looks into companies; `$1` is the tenant everywhere.
enum SupportStatements {
  /// The company's word on support, and user `$2` in it.
  static let person = Statement(
    """
    select t.support_access, t.state, u.email, u.name, u.role, u.state
    from tenant t
    left join user_account u on u.tenant_id = t.id and u.id = $2::bigint
    where t.id = $1::bigint
    """)

  /// Begins a look, if the company still allows it: `$2` id, `$3` user, `$4` operator's token, `$5`
  /// reason, `$6` address or null, `$7` now, `$8` end.
  static let begin = Statement(
    """
    with allowed as (
      select 1
      from tenant
      where id = $1::bigint
        and support_access
        and state = 'active'
      for share
    ),
    begun as (
      insert into support_access (tenant_id, id, user_id, operator_token_id, reason, address,
        started_at, expires_at)
      select $1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::text, $6::text, $7::timestamptz,
        $8::timestamptz
      from allowed
      returning 1
    )
    select require_one((select count(*) from begun))
    """)

  /// The look `$2`, if it goes on at `$3` and the operator's token `$4` is still one.
  static let live = Statement(
    """
    select 1
    from support_access
    where tenant_id = $1::bigint
      and id = $2::bigint
      and ended_at is null
      and expires_at > $3::timestamptz
      and exists (
        select 1
        from operator_token t
        where t.id = $4::bigint
      )
    """)

  /// The look `$2` ends at `$3`.
  static let end = Statement(
    """
    update support_access
    set ended_at = $3::timestamptz
    where tenant_id = $1::bigint
      and id = $2::bigint
      and ended_at is null
    """)

  /// All looks that go on end at `$2`.
  static let endAll = Statement(
    """
    update support_access
    set ended_at = $2::timestamptz
    where tenant_id = $1::bigint
      and ended_at is null
      and expires_at > $2::timestamptz
    """)

  /// Those with an id below `$2` (all where null), newest first, at most `$3`.
  static let list = Statement(
    """
    select id, user_id, reason, address, started_at, expires_at, ended_at
    from support_access
    where tenant_id = $1::bigint
      and ($2::bigint is null or id < $2::bigint)
    order by id desc
    limit $3::bigint
    """)
}
