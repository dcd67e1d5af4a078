internal import Postgres

/// Tokens of companies; `$1` is the tenant everywhere.
enum TokenStatements {
  private static let columns: StaticString = """
    select id, kind, name, user_id, methods, networks, assume, ceiling, created_by, created_at,
      expires_at, last_used_at
    from access_token
    where tenant_id = $1::bigint

    """

  /// `$2` the token.
  static let get = Statement(joining: [
    columns,
    """
      and id = $2::bigint
    """,
  ])

  /// The token `$2`, if its hash is `$3`.
  static let find = Statement(joining: [
    columns,
    """
      and id = $2::bigint
      and secret_hash = $3::bytea
    """,
  ])

  /// Those with an id above `$2` (all where null), at most `$3`, of user `$4` (any where null).
  static let list = Statement(joining: [
    columns,
    """
      and ($2::bigint is null or id > $2::bigint)
      and ($4::bigint is null or user_id = $4::bigint)
    order by id
    limit $3::bigint
    """,
  ])

  /// How many user `$2` has.
  static let count = Statement(
    """
    select count(*)
    from access_token
    where tenant_id = $1::bigint
      and user_id = $2::bigint
    """)

  /// `$2` id, `$3` user, `$4` kind, `$5` name, `$6` hash, `$7` methods or null, `$8` networks, `$9`
  /// assume, `$10` ceiling or null, `$11` by whom, `$12` now, `$13` end or null.
  static let insert = Statement(
    """
    insert into access_token (tenant_id, id, user_id, kind, name, secret_hash, methods, networks, assume,
      ceiling, created_by, created_at, expires_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::bytea, $7::text[], $8::text[],
      $9::boolean, $10::text, $11::bigint, $12::timestamptz, $13::timestamptz)
    """)

  /// The token `$2` ends.
  static let delete = Statement(
    """
    with deleted as (
      delete from access_token
      where tenant_id = $1::bigint
        and id = $2::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// All tokens with the rights of user `$2` end.
  static let deleteAll = Statement(
    """
    delete from access_token
    where tenant_id = $1::bigint
      and user_id = $2::bigint
    """)

  /// The token `$2` was used at `$3`; written no more than once a minute by all servers together.
  static let noteUse = Statement(
    """
    update access_token
    set last_used_at = $3::timestamptz
    where tenant_id = $1::bigint
      and id = $2::bigint
      and (last_used_at is null or last_used_at <= $3::timestamptz - interval '1 minute')
    """)

  /// Tokens that ended thirty days before `$2` are forgotten.
  static let forget = Statement(
    """
    delete from access_token
    where tenant_id = $1::bigint
      and expires_at <= $2::timestamptz - interval '30 days'
    """)
}
