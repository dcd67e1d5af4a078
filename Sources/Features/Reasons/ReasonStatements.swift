internal import Postgres

/// The company's lists of reasons; `$1` is the tenant everywhere.
enum ReasonStatements {
  /// Each an element of the arrays: `$2` ids, `$3` kinds, `$4` names, `$5` kinds of loss or null,
  /// `$6` what they say of the comment or null.
  static let insert = Statement(
    """
    insert into reason (tenant_id, id, kind, name, loss_kind, comment_rule)
    select $1::bigint, r.id, r.kind, r.name, r.loss_kind, r.comment_rule
    from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
      as r (id, kind, name, loss_kind, comment_rule)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` whether it can be chosen, `$6` the
  /// kind of loss or null, `$7` what it says of the comment or null.
  static let update = Statement(
    """
    with changed as (
      update reason
      set name = $4::text,
        active = $5::boolean,
        loss_kind = $6::text,
        comment_rule = $7::text,
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
