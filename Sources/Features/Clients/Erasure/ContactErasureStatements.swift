internal import Postgres

/// Where a contact's data stand, and what takes them out; `$1` is the tenant everywhere.
enum ContactErasureStatements {
  /// The cards of contact `$2`, and others in which one of the texts `$3` stands.
  static let cards = Statement(
    """
    select c.id, c.version, c.title, c.comment, c.source, c.fields,
      c.contact_id is not distinct from $2::bigint, c.kind
    from card c
    where c.tenant_id = $1::bigint
      and (
        c.contact_id = $2::bigint
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(concat_ws(' ', c.title, c.comment, c.source, c.fields::text)), needle) > 0
        )
      )
    order by c.id
    """)

  /// The notes on cards of contact `$2`, and others in which one of the texts `$3` stands.
  static let notes = Statement(
    """
    select n.id, n.text, c.contact_id is not distinct from $2::bigint
    from note n
    join card c on c.tenant_id = n.tenant_id and c.id = n.card_id
    where n.tenant_id = $1::bigint
      and (
        c.contact_id = $2::bigint
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(n.text), needle) > 0
        )
      )
    order by n.id
    """)

  /// The activities of cards of contact `$2`, and others in which one of the texts `$3` stands.
  static let activities = Statement(
    """
    select a.id, a.subject, a.outcome, c.contact_id is not distinct from $2::bigint, a.version
    from activity a
    join card c on c.tenant_id = a.tenant_id and c.id = a.card_id
    where a.tenant_id = $1::bigint
      and coalesce(a.subject, a.outcome) is not null
      and (
        c.contact_id = $2::bigint
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(concat_ws(' ', a.subject, a.outcome)), needle) > 0
        )
      )
    order by a.id
    """)

  /// The pauses of cards of contact `$2`, and others in whose reasons one of the texts `$3` stands.
  static let pauses = Statement(
    """
    select p.card_id, p.version, p.reason, c.contact_id is not distinct from $2::bigint
    from card_pause p
    join card c on c.tenant_id = p.tenant_id and c.id = p.card_id
    where p.tenant_id = $1::bigint
      and p.reason is not null
      and (
        c.contact_id = $2::bigint
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(p.reason), needle) > 0
        )
      )
    order by p.card_id, p.version
    """)

  /// The history of cards of contact `$2`, and other entries in which one of the texts `$3` stands.
  static let history = Statement(
    """
    select h.card_id, h.version, h.details, c.contact_id is not distinct from $2::bigint
    from card_history h
    join card c on c.tenant_id = h.tenant_id and c.id = h.card_id
    where h.tenant_id = $1::bigint
      and h.details <> '{}'::jsonb
      and (
        c.contact_id = $2::bigint
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(h.details::text), needle) > 0
        )
      )
    order by h.card_id, h.version
    """)

  /// Answers that are kept for idempotency keys and show contact `$2`, a card of it, or one of the
  /// texts `$3`; `$4` are the ids it has and had, `$5` companies that bear its name.
  static let answers = Statement(
    """
    select i.principal, i.key, i.answer
    from idempotency i
    where i.tenant_id = $1::bigint
      and (
        exists (
          select 1
          from card c
          where c.tenant_id = i.tenant_id
            and c.id = i.card_id
            and c.contact_id = $2::bigint
        )
        or exists (
          select 1
          from unnest($4::text[]) as own
          where strpos(i.answer, '"contact":' || own || ',') > 0
            or starts_with(i.answer, '{"id":' || own || ',') and strpos(i.answer, '"phone_e164"') > 0
        )
        or exists (
          select 1
          from unnest($5::text[]) as company
          where starts_with(i.answer, '{"id":' || company || ',') and strpos(i.answer, '"fields"') > 0
        )
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(i.answer), needle) > 0
        )
      )
    """)

  /// Rows of the audit with a payload about the contact that has or had an id of `$2`, a card of it (`$4`, as text)
  /// or what is written on one, or in which one of the texts `$3` stands; `$5` are companies that bear its
  /// name.
  static let audit = Statement(
    """
    select a.at, a.writer, a.number, a.actor, a.actor_id, a.session_id, a.user_id, a.address, a.request,
      a.method, a.noun, a.subject, a.before, a.after, a.epoch, a.xid, a.key_id, a.mac, a.erased_at,
      a.before_digest, a.after_digest, a.erasure_key_id, a.erasure_mac
    from audit a,
      lateral (select concat_ws(' ', a.before, a.after) as text) payload
    where a.tenant_id = $1::bigint
      and a.erased_at is null
      and coalesce(a.before, a.after) is not null
      and (
        a.noun = 'contact' and a.subject = any ($2::text[])
        or a.noun = 'company' and a.subject = any ($5::text[])
        or a.noun in ('lead', 'deal') and a.subject = any ($4::text[])
        or exists (
          select 1
          from unnest($2::text[]) as own
          where strpos(payload.text, '"contact":' || own || ',') > 0
        )
        or a.noun in ('note', 'activity') and exists (
          select 1
          from unnest($4::text[]) as card
          where strpos(payload.text, '"card":' || card || ',') > 0
        )
        or exists (
          select 1
          from unnest($3::text[]) as needle
          where strpos(lower(payload.text), needle) > 0
        )
      )
    order by a.at, a.writer, a.number
    """)

  /// Other contacts with the phone number or the e-mail address of contact `$2`.
  static let others = Statement(
    """
    select distinct o.contact_id
    from contact_point p
    join contact_point o on o.tenant_id = $1::bigint
      and o.value = p.value
      and o.contact_id <> p.contact_id
    where p.tenant_id = $1::bigint
      and p.contact_id = $2::bigint
    order by o.contact_id
    """)

  /// The companies in whose names all the words `$3` stand, and whether each has other contacts than `$2`.
  static let companies = Statement(
    """
    select y.id, y.name, y.fields, y.created_by, y.created_at, y.version, y.phones, y.emails,
      exists (
        select 1
        from contact o
        where o.tenant_id = $1::bigint
          and o.company_id = y.id
          and o.id <> $2::bigint
      )
    from company y
    where y.tenant_id = $1::bigint
      and y.words @> $3::text[]
    order by y.id
    """)

  /// Rolls the transaction back unless contact `$2` has just the cards `$3` at versions `$4`, on them the notes `$5`,
  /// and the activities with texts `$6` at versions `$7`, each by id.
  static let requireBelongings = Statement(
    """
    with own as (
      select c.id, c.version
      from card c
      where c.tenant_id = $1::bigint
        and c.contact_id = $2::bigint
    ),
    planned as (
      select a.id, a.version
      from own o
      join activity a on a.tenant_id = $1::bigint and a.card_id = o.id
      where coalesce(a.subject, a.outcome) is not null
    )
    select require_one(
      case
        when array(select id from own order by id) = $3::bigint[]
          and array(select version from own order by id) = $4::bigint[]
          and array(
            select n.id
            from own o
            join note n on n.tenant_id = $1::bigint and n.card_id = o.id
            order by n.id
          ) = $5::bigint[]
          and array(select id from planned order by id) = $6::bigint[]
          and array(select version from planned order by id) = $7::bigint[]
        then 1
        else 0
      end
    )
    """)

  /// Cards `$2` at versions `$3` with new titles `$4`, comments `$5`, sources `$6` and fields `$7`. The
  /// version stays: nobody changed anything that a card is about.
  static let redactCards = Statement(
    """
    with changed as (
      update card c
      set title = r.title,
        comment = r.comment,
        source = r.source,
        fields = r.fields::jsonb
      from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
        as r (id, version, title, comment, source, fields)
      where c.tenant_id = $1::bigint
        and c.id = r.id
        and c.version = r.version
      returning 1
    )
    select require_one(1 + (select count(*) from changed) - cardinality($2::bigint[]))
    """)

  /// Notes `$2` with new texts `$3`.
  static let redactNotes = Statement(
    """
    select erase_notes($1::bigint, $2::bigint[], $3::text[])
    """)

  /// Activities `$2` with new subjects `$3` and outcomes `$4`. The version stays, as that of cards does.
  static let redactActivities = Statement(
    """
    update activity a
    set subject = r.subject,
      outcome = r.outcome
    from unnest($2::bigint[], $3::text[], $4::text[]) as r (id, subject, outcome)
    where a.tenant_id = $1::bigint
      and a.id = r.id
    """)

  /// The pauses of cards `$2` at versions `$3` with new reasons `$4`.
  static let redactPauses = Statement(
    """
    update card_pause p
    set reason = r.reason
    from unnest($2::bigint[], $3::bigint[], $4::text[]) as r (card_id, version, reason)
    where p.tenant_id = $1::bigint
      and p.card_id = r.card_id
      and p.version = r.version
    """)

  /// Entries of cards `$2` at versions `$3` with new details `$4`.
  static let redactHistory = Statement(
    """
    select erase_history($1::bigint, $2::bigint[], $3::bigint[], $4::text[])
    """)

  /// The answers of principals `$2` under keys `$3` become `$4`.
  static let redactAnswers = Statement(
    """
    update idempotency i
    set answer = r.answer
    from unnest($2::text[], $3::text[], $4::text[]) as r (principal, key, answer)
    where i.tenant_id = $1::bigint
      and i.principal = r.principal
      and i.key = r.key
    """)

  /// The rows of the audit at `$2`, of writers `$3` and numbers `$4`: `$5` and `$6` the digests of their
  /// payloads, `$7` now, `$8` the key, `$9` the MACs of their erasure.
  static let eraseAudit = Statement(
    """
    select require_one(
      1 + erase_audit($1::bigint, $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bytea[],
        $6::bytea[], $7::timestamptz, $8::text, $9::bytea[])
      - cardinality($3::bigint[]))
    """)
}
