internal import Postgres

/// The company's own kinds of activity; `$1` is the tenant everywhere.
enum ActivityTypeStatements {
  /// `$2` id, `$3` name, `$4` what it is done as.
  static let insert = Statement(
    """
    insert into activity_type (tenant_id, id, name, base)
    values ($1::bigint, $2::bigint, $3::text, $4::text)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` whether it can be chosen.
  static let update = Statement(
    """
    with changed as (
      update activity_type
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

  /// `$2` id, `$3` the version that was read. Activities of it hold it by their foreign key.
  static let delete = Statement(
    """
    with deleted as (
      delete from activity_type
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// How many activities are of type `$2`.
  static let countActivities = Statement(
    """
    select count(*)
    from activity
    where tenant_id = $1::bigint
      and own_type_id = $2::bigint
    """)
}
