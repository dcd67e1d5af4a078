internal import Postgres

/// Idempotency keys: `$1` tenant (0: the installation), `$2` principal, `$3` key.
enum IdempotencyStatements {
  /// Claims the key for this transaction together with its answer: `$4` hash of the request, `$5` card
  /// or null, `$6` answer, `$7` now, `$8` for how many hours it is honoured. One who comes at the same time waits here for the first.
  static let claim = Statement(
    """
    with claimed as (
      insert into idempotency as i
        (tenant_id, principal, key, request_hash, card_id, answer, created_at)
      values ($1::bigint, $2::text, $3::text, $4::bytea, $5::bigint, $6::text, $7::timestamptz)
      on conflict (tenant_id, principal, key) do update
      set request_hash = excluded.request_hash,
        card_id = excluded.card_id,
        answer = excluded.answer,
        created_at = excluded.created_at
      where i.created_at <= excluded.created_at - make_interval(hours => $8::integer)
      returning 1
    )
    select case when exists (select 1 from claimed) then 'claimed' else key_in_use() end
    """)

  /// The stored answer: `$4` now, `$5` hash of the request, `$6` for how many hours. The answer is given only while the caller
  /// may see its card.
  static let find = Statement(
    """
    select
      i.request_hash = $5::bytea,
      i.answer,
      i.card_id is null
        or exists (
          select 1
          from card c
          where c.tenant_id = i.tenant_id
            and c.id = i.card_id
        )
    from idempotency i
    where i.tenant_id = $1::bigint
      and i.principal = $2::text
      and i.key = $3::text
      and i.created_at > $4::timestamptz - make_interval(hours => $6::integer)
    """)

  /// Forgets at most `$4` that are `$3` hours old: `$2` now.
  static let forget = Statement(
    """
    with forgotten as (
      delete from idempotency
      where tenant_id = $1::bigint
        and ctid = any (array(
          select i.ctid
          from idempotency i
          where i.tenant_id = $1::bigint
            and i.created_at <= $2::timestamptz - make_interval(hours => $3::integer)
          order by i.created_at
          limit $4::bigint
        ))
      returning 1
    )
    select count(*)
    from forgotten
    """)
}
