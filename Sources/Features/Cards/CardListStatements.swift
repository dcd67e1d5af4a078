internal import Postgres

/// Lists of cards; `$1` is the tenant everywhere.
enum CardListStatements {
  /// Whether cards are waiting for their keys.
  static let isIndexing = Statement(
    """
    select exists (
      select 1
      from search_backlog b
      where b.tenant_id = $1::bigint
        and b.kind = 'card'
    )
    """)

  /// How many places the keys in the ranges from `$2` up to `$3` have, counted up to `$4` each.
  static let countKeys = Statement(
    """
    select coalesce(sum(n.places), 0)::bigint
    from unnest($2::text[], $3::text[]) as r (lower, upper)
    cross join lateral (
      select count(*) as places
      from (
        select 1
        from card_word w
        where w.tenant_id = $1::bigint
          and w.word >= r.lower collate "C"
          and w.word < r.upper collate "C"
        limit $4::bigint
      ) x
    ) n
    """)

  /// How many cards the people `$2` have, counted up to `$3`. `offset 0` makes it go by person: a plan that counts on
  /// stopping early might read other people's cards on the way.
  static let countOfPeople = Statement(
    """
    select count(*)
    from (
      select 1
      from unnest($2::bigint[]) as p (id)
      cross join lateral (
        select 1
        from card c
        where c.tenant_id = $1::bigint
          and c.responsible_id = p.id
        offset 0
      ) x
      limit $3::bigint
    ) n
    """)

  /// A list: each filter that is not asked for costs nothing. `$2` kind, `$3` how many at most, `$4` after which
  /// id, `$5` to `$11` pipeline, stage, outcome, responsible, contact, company, source, `$12` the moment for pauses, `$13` status of the
  /// last contact, `$14` reasons, `$15` and `$16` from when on and before when they were closed; with fields
  /// `$17` what cards hold and `$18` further conditions, and then what its index takes.
  static func list(_ filter: CardFilter) -> Statement {
    let next: [StaticString] = filter.withNext ? [ActivityStatements.nextColumns] : []
    let asked = source(filter) + conditions(filter) + order(filter)
    return Statement(
      joining: [CardStatements.columns] + next + [ClockStatements.ofStay]
        + (filter.index.isOfPeople ? eachPerson(asked, filter) : asked))
  }

  /// Where the cards come from; what is looked up comes in the list's order, so that it ends with the last card
  /// wanted. `offset 0` keeps each look-up by itself: a join might read all cards instead.
  private static func source(_ filter: CardFilter) -> [StaticString] {
    switch filter.index {
    case .none, .people:
      return [
        """

        from card c
        where c.tenant_id = $1::bigint
          and c.kind = $2::text
        """,
        filter.index.isOfPeople ? "\n  and c.responsible_id = p.id" : "",
        filter.isOldestFirst
          ? after(filter.after, "\n  and c.id > $4::bigint")
          : after(filter.after, "\n  and c.id < $4::bigint"),
      ]
    case .key:
      return [
        """

        from (
          select w.card_id as id
          from card_word w
          where w.tenant_id = $1::bigint
            and w.word = $19::text collate "C"
        """,
        filter.isOldestFirst
          ? after(filter.after, "\n    and w.card_id > $4::bigint")
          : after(filter.after, "\n    and w.card_id < $4::bigint"),
        filter.isOldestFirst ? "\n  order by w.card_id" : "\n  order by w.card_id desc", looked,
      ]
    case .places:
      let begun: [StaticString] = [
        """

        from (
          select p.id
          from (
        """
      ]
      return begun + places("$19::text[], $20::text[]") + [
        """

          ) p
          where p.id is not null
        """,
        filter.isOldestFirst
          ? after(filter.after, "\n    and p.id > $4::bigint")
          : after(filter.after, "\n    and p.id < $4::bigint"),
        filter.isOldestFirst ? "\n  order by p.id" : "\n  order by p.id desc", looked,
      ]
    }
  }

  /// So many of each of the people `$19`, and of all these so many.
  private static func eachPerson(
    _ asked: [StaticString], _ filter: CardFilter
  ) -> [StaticString] {
    let begun: [StaticString] = [
      """

      from (
        select m.*
        from unnest($19::bigint[]) as p (id)
        cross join lateral (
          select c.*
      """
    ]
    return begun + asked + [
      """

        ) m
      ) c
      """
    ] + order(filter)
  }

  private static let looked: StaticString = """

    ) d
    cross join lateral (
      select n.*
      from card n
      where n.tenant_id = $1::bigint
        and n.id = d.id
      offset 0
    ) c
    where c.kind = $2::text
    """

  private static func conditions(_ filter: CardFilter) -> [StaticString] {
    [
      filter.pipeline == nil
        ? "\n  and $5::bigint is null" : "\n  and c.pipeline_id = $5::bigint",
      filter.stage == nil ? "\n  and $6::bigint is null" : "\n  and c.stage_id = $6::bigint",
      filter.outcome == nil ? "\n  and $7::text is null" : "\n  and c.outcome = $7::text",
      filter.responsible == nil
        ? "\n  and $8::bigint is null" : "\n  and c.responsible_id = $8::bigint",
      filter.contact == nil ? "\n  and $9::bigint is null" : "\n  and c.contact_id = $9::bigint",
      filter.company == nil
        ? "\n  and $10::bigint is null" : "\n  and c.company_id = $10::bigint",
      filter.source == nil ? "\n  and $11::text is null" : "\n  and c.source = $11::text",
      ClockStatements.condition(paused: filter.paused),
      filter.lastContact == nil
        ? "\n  and $13::bigint is null" : "\n  and c.last_contact_status_id = $13::bigint",
      filter.reasons == nil
        ? "\n  and $14::bigint[] is null" : "\n  and c.reason_id = any ($14::bigint[])",
      filter.closed?.start == nil
        ? "\n  and $15::timestamptz is null" : "\n  and c.closed_at >= $15::timestamptz",
      filter.closed?.end == nil
        ? "\n  and $16::timestamptz is null" : "\n  and c.closed_at < $16::timestamptz",
    ] + (filter.holding == nil ? [] : holding("$17::jsonb", further: "$18::jsonb"))
  }

  private static func order(_ filter: CardFilter) -> [StaticString] {
    let isLookedUp = filter.index != .none && !filter.index.isOfPeople
    return [
      isLookedUp ? "\norder by d.id" : "\norder by c.id", filter.isOldestFirst ? "" : " desc",
      "\nlimit $3::bigint",
    ]
  }

  private static func after(_ after: Int64?, _ condition: StaticString) -> StaticString {
    after == nil ? "\n  and $4::bigint is null" : condition
  }

  /// The cards that have a key in the ranges, each once.
  static func places(_ ranges: StaticString) -> [StaticString] {
    [
      """

      select distinct w.card_id as id
      from unnest(
      """, ranges,
      """
      ) as r (lower, upper)
      cross join lateral (
        select x.card_id
        from card_word x
        where x.tenant_id = $1::bigint
          and x.word >= r.lower collate "C"
          and x.word < r.upper collate "C"
        offset 0
      ) w
      """,
    ]
  }

  /// What cards hold, and no further condition that the card does not meet. Which kind of value a key holds is the
  /// field's type.
  static func holding(_ held: StaticString, further: StaticString) -> [StaticString] {
    [
      "\n  and (", held, " is null or c.fields @> ", held, ")", "\n  and (", further,
      " is null or ",
      """
      not exists (
          select 1
          from jsonb_to_recordset(
      """, further,
      """
      )
            as f (key text, "any" jsonb, type text, "from" text, "to" text)
          where case
              when f."any" is not null then exists (
                select 1
                from jsonb_array_elements(f."any") as v (value)
                where c.fields -> f.key @> v.value
              )
              when f.type = 'number' then (c.fields ->> f.key)::numeric
                between coalesce(f."from"::numeric, '-infinity') and coalesce(f."to"::numeric, 'infinity')
              when f.type = 'money' then (c.fields -> f.key ->> 'amount')::numeric
                between coalesce(f."from"::numeric, '-infinity') and coalesce(f."to"::numeric, 'infinity')
              when f.type = 'date' then (c.fields ->> f.key)::date
                between coalesce(f."from"::date, '-infinity') and coalesce(f."to"::date, 'infinity')
              else (c.fields ->> f.key)::timestamptz
                between coalesce(f."from"::timestamptz, '-infinity')
                  and coalesce(f."to"::timestamptz, 'infinity')
            end is not true
        ))
      """,
    ]
  }
}
