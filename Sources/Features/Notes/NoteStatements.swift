internal import Postgres

/// Notes on cards; `$1` is the tenant everywhere.
enum NoteStatements {
  /// Where card `$2`, which the caller sees, stands in the rights.
  static let card = Statement(
    """
    select pipeline_id, stage_id, responsible_id, outcome
    from card
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// `$2` id, `$3` card, `$4` text, `$5` user, `$6` now; only while the card stands where it did when
  /// the caller saw it: `$7` stage, `$8` responsible or null. Whether it may be seen
  /// hangs on nothing else, so a change of the card itself is no hindrance.
  static let insert = Statement(
    """
    with added as (
      insert into note (tenant_id, id, card_id, text, created_by, created_at)
      select c.tenant_id, $2::bigint, c.id, $4::text, $5::bigint, $6::timestamptz
      from card c
      where c.tenant_id = $1::bigint
        and c.id = $3::bigint
        and c.stage_id = $7::bigint
        and c.responsible_id is not distinct from $8::bigint
      returning 1
    )
    select require_one((select count(*) from added))
    """)

  /// The notes of card `$2` with an id above `$3` (all where null), at most `$4`.
  static let list = Statement(
    """
    select id, card_id, text, created_by, created_at
    from note
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and ($3::bigint is null or id > $3::bigint)
    order by id
    limit $4::bigint
    """)
}
