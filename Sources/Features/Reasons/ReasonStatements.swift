internal import Postgres

/// The company's lists of reasons; `$1` is the tenant everywhere.
enum ReasonStatements {
  /// Each an element of the arrays: `$2` ids, `$3` kinds, `$4` names.
  static let insert = Statement(
    """
    insert into reason (tenant_id, id, kind, name)
    select $1::bigint, r.id, r.kind, r.name
    from unnest($2::bigint[], $3::text[], $4::text[]) as r (id, kind, name)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` whether it can be chosen.
  static let update = Statement(
    """
    with changed as (
      update reason
      set name = $4::text,
        active = $5::boolean,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// `$2` id, `$3` the version that was read. Cards that were closed for it hold it by their foreign key.
  static let delete = Statement(
    """
    with deleted as (
      delete from reason
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// How many cards were closed for reason `$2`.
  static let countCards = Statement(
    """
    select count(*)
    from card
    where tenant_id = $1::bigint
      and reason_id = $2::bigint
    """)
}
