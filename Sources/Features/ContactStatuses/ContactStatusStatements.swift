internal import Postgres

/// The company's list of last-contact statuses, and what cards tell of them; `$1` is the tenant everywhere.
enum ContactStatusStatements {
  /// Each an element of the arrays: `$2` ids, `$3` names, `$4` meanings.
  static let insert = Statement(
    """
    insert into contact_status (tenant_id, id, name, meaning)
    select $1::bigint, s.id, s.name, s.meaning
    from unnest($2::bigint[], $3::text[], $4::text[]) as s (id, name, meaning)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` meaning, `$6` whether it can be chosen.
  static let update = Statement(
    """
    with changed as (
      update contact_status
      set name = $4::text,
        meaning = $5::text,
        active = $6::boolean,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// `$2` id, `$3` the version that was read. Cards that tell of it hold it by their foreign key.
  static let delete = Statement(
    """
    with deleted as (
      delete from contact_status
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// How many cards tell of status `$2`.
  static let countCards = Statement(
    """
    select count(*)
    from card
    where tenant_id = $1::bigint
      and last_contact_status_id = $2::bigint
    """)

  /// Card `$2` tells of status `$3` since `$4`, or of none. Its version and history are moved by the change
  /// that this belongs to, which is written behind it in the same transaction.
  static let set = Statement(
    """
    update card
    set last_contact_status_id = $3::bigint,
      last_contact_at = $4::timestamptz
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// Activity `$6` leaves card `$2` with status `$3`, in contact at `$4`, unless it tells of a later contact;
  /// `$5` user, `$7` now. The card has changed by it, and its history says so.
  static let mark = Statement(
    """
    with present as (
      select c.id, c.last_contact_status_id
      from card c
      where c.tenant_id = $1::bigint
        and c.id = $2::bigint
        and (c.last_contact_at is null or c.last_contact_at <= $4::timestamptz)
      for update
    ),
    changed as (
      update card c
      set last_contact_status_id = $3::bigint,
        last_contact_at = $4::timestamptz,
        version = c.version + 1
      from present p
      where c.tenant_id = $1::bigint
        and c.id = p.id
      returning c.version, p.last_contact_status_id
    )
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    select $1::bigint, $2::bigint, h.version, $7::timestamptz, $5::bigint, 'updated',
      jsonb_build_object(
        'last_contact', $3::bigint,
        'last_contact_before', h.last_contact_status_id,
        'activity', $6::bigint
      )
    from changed h
    """)
}
