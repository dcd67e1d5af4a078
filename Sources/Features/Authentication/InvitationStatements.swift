internal import Postgres

/// Invitations; `$1` is the tenant everywhere.
enum InvitationStatements {
  /// A person has one at most: `$2` id, `$3` user, `$4` hash, `$5` by whom, `$6` now, `$7` end.
  static let insert = Statement(
    """
    insert into invitation (tenant_id, id, user_id, secret_hash, created_by, created_at, expires_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::bytea, $5::bigint, $6::timestamptz, $7::timestamptz)
    """)

  /// Those of user `$2` end.
  static let deleteAll = Statement(
    """
    delete from invitation
    where tenant_id = $1::bigint
      and user_id = $2::bigint
    """)

  /// The invitation `$2` of hash `$3`, if it has not ended at `$4`, with whose it is.
  static let find = Statement(
    """
    select u.id, u.email, u.name, u.role, t.slug, t.name, t.state
    from invitation i
    join user_account u on u.tenant_id = i.tenant_id and u.id = i.user_id
    join tenant t on t.id = i.tenant_id
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
      and i.secret_hash = $3::bytea
      and i.expires_at > $4::timestamptz
      and u.state = 'active'
    """)

  /// The invitation `$2` is used up; used already, it rolls the transaction back.
  static let use = Statement(
    """
    with used as (
      delete from invitation
      where tenant_id = $1::bigint
        and id = $2::bigint
      returning 1
    )
    select require_one((select count(*) from used))
    """)

  /// Those that ended before `$2` are forgotten.
  static let forget = Statement(
    """
    delete from invitation
    where tenant_id = $1::bigint
      and expires_at <= $2::timestamptz
    """)
}
