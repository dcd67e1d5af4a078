internal import Postgres
internal import SalesRules

/// Finding cards; `$1` is the tenant everywhere.
///
/// A prefix is a range of words in the order of bytes, from `lower` up to `upper`: text compared so is
/// leakproof, and the range an index condition behind row-level security.
enum CardSearchStatements {
  /// The term that does alone: all of the query as one number.
  static let wholeNumber: Int64 = -1

  /// How many words of the company's lie in the ranges from `$2` up to `$3`, counted up to `$4` each.
  static let count = Statement(
    """
    select coalesce(sum(
      (
        select count(*)
        from (
          select 1
          from card_word w
          where w.tenant_id = $1::bigint
            and w.word >= r.lower collate "C"
            and w.word < r.upper collate "C"
          limit $4::bigint
        ) c
      )
      + (
        select count(*)
        from (
          select 1
          from contact_word w
          where w.tenant_id = $1::bigint
            and w.word >= r.lower collate "C"
            and w.word < r.upper collate "C"
          limit $4::bigint
        ) t
      )
      + (
        select count(*)
        from (
          select 1
          from company_word w
          where w.tenant_id = $1::bigint
            and w.word >= r.lower collate "C"
            and w.word < r.upper collate "C"
          limit $4::bigint
        ) y
      )
    ), 0)::bigint
    from unnest($2::text[], $3::text[]) as r (lower, upper)
    """)

  /// What is asked of every card: `$2` below which id, `$3` how many at most, `$4` kind, `$5` pipeline, `$6`
  /// outcome, each null for all; elements of the arrays `$7` prefixes, `$8` of which term each, `$9` the
  /// card's number that does as well; `$10` how many terms there are. All terms have to be met, or the one that
  /// is below zero.
  ///
  /// The columns are those of a card and, behind them, what it was found by: its contact's id, name, number
  /// and address, its company's id and name.
  private static let found: StaticString = """
    select f.id, f.kind, f.pipeline_id, f.stage_id, f.outcome, f.title, f.amount, f.contact_id,
      f.company_id, f.responsible_id, f.source, f.fields, f.repeat, f.reason_id, f.comment,
      f.based_on, f.created_at, f.stage_entered_at, f.touched_at, f.closed_at, f.version,
      f.last_contact_status_id, f.last_contact_at,
      t.id, t.name, t.phone, t.email, coalesce(t.phone_normalised || t.further_phones_normalised, '{}'),
      coalesce(t.email_normalised || t.further_emails_normalised, '{}'), y.id, y.name
    """

  private static let asked: StaticString = """

    left join contact t on t.tenant_id = $1::bigint and t.id = f.contact_id
    left join company y on y.tenant_id = $1::bigint and y.id = f.company_id
    where (
      select count(distinct a.term) filter (where a.term >= 0) = $10::bigint
        or count(*) filter (where a.term < 0) > 0
      from unnest($7::text[], $8::bigint[], $9::bigint[]) as a (prefix, term, number)
      where a.number = f.id
        or exists (
          select 1
          from unnest(f.words || coalesce(t.words, '{}') || coalesce(y.words, '{}')) as v (word)
          where starts_with(v.word, a.prefix)
        )
    )
    """

  private static let filters: StaticString = """

      and ($2::bigint is null or n.id < $2::bigint)
      and ($4::text is null or n.kind = $4::text)
      and ($5::bigint is null or n.pipeline_id = $5::bigint)
      and ($6::text is null or n.outcome = $6::text)
    """

  /// The cards that have a word in the ranges from `$11` up to `$12`, or whose contact or company has, and the
  /// card of number `$13`.
  ///
  /// `offset 0` keeps each look-up by itself: a join might read all cards instead. They come newest first, so
  /// that it ends with the last one wanted.
  static let byWord = Statement(joining: [
    """
    with reached as materialized (
      select w.card_id as id
      from unnest($11::text[], $12::text[]) as r (lower, upper)
      cross join lateral (
        select x.card_id
        from card_word x
        where x.tenant_id = $1::bigint
          and x.word >= r.lower collate "C"
          and x.word < r.upper collate "C"
        offset 0
      ) w
      union
      select c.id
      from unnest($11::text[], $12::text[]) as r (lower, upper)
      cross join lateral (
        select x.contact_id
        from contact_word x
        where x.tenant_id = $1::bigint
          and x.word >= r.lower collate "C"
          and x.word < r.upper collate "C"
        offset 0
      ) w
      cross join lateral (
        select n.id
        from card n
        where n.tenant_id = $1::bigint
          and n.contact_id = w.contact_id
        offset 0
      ) c
      union
      select c.id
      from unnest($11::text[], $12::text[]) as r (lower, upper)
      cross join lateral (
        select x.company_id
        from company_word x
        where x.tenant_id = $1::bigint
          and x.word >= r.lower collate "C"
          and x.word < r.upper collate "C"
        offset 0
      ) w
      cross join lateral (
        select n.id
        from card n
        where n.tenant_id = $1::bigint
          and n.company_id = w.company_id
        offset 0
      ) c
      union
      select $13::bigint
      where $13::bigint is not null
    )

    """, found,
    """

    from (
      select w.id
      from reached w
      order by w.id desc
    ) d
    cross join lateral (
      select n.*
      from card n
      where n.tenant_id = $1::bigint
        and n.id = d.id
    """, filters,
    """

      offset 0
    ) f
    """, asked,
    """

    order by d.id desc
    limit $3::bigint
    """,
  ])

  /// Of the newest `$11` cards that are asked for, those that have all words. With `people`, of the cards of
  /// the people `$12` alone, who are all whose cards the caller may see.
  static func byCard(people: Bool) -> Statement {
    Statement(
      joining: [
        found,
        """

        from (
        """,
        people ? ofPeople : "\n  select n.*\n  from card n\n  where n.tenant_id = $1::bigint",
        people ? "" : filters,
        """

          order by n.id desc
          limit $11::bigint
        ) f
        """, asked,
        """

        order by f.id desc
        limit $3::bigint
        """,
      ])
  }

  private static let ofPeople: StaticString = """

      select n.*
      from unnest($12::bigint[]) as p (id)
      cross join lateral (
        select m.*
        from card m
        where m.tenant_id = $1::bigint
          and m.responsible_id = p.id
          and ($2::bigint is null or m.id < $2::bigint)
          and ($4::text is null or m.kind = $4::text)
          and ($5::bigint is null or m.pipeline_id = $5::bigint)
          and ($6::text is null or m.outcome = $6::text)
        order by m.id desc
        limit $11::bigint
      ) n
    """

  /// The last one of the newest `$7` cards that are asked for, and how many they are; `$2` and `$4` to `$6` as
  /// above.
  static let reach = Statement(joining: [
    """
    select min(f.id), count(*)
    from (
      select n.id
      from card n
      where n.tenant_id = $1::bigint
        and $3::bigint is null
    """, filters,
    """

      order by n.id desc
      limit $7::bigint
    ) f
    """,
  ])

  /// The same of the cards of the people `$8` alone.
  static let reachOfPeople = Statement(
    """
    select min(f.id), count(*)
    from (
      select n.id
      from unnest($8::bigint[]) as p (id)
      cross join lateral (
        select m.id
        from card m
        where m.tenant_id = $1::bigint
          and m.responsible_id = p.id
          and $3::bigint is null
          and ($2::bigint is null or m.id < $2::bigint)
          and ($4::text is null or m.kind = $4::text)
          and ($5::bigint is null or m.pipeline_id = $5::bigint)
          and ($6::text is null or m.outcome = $6::text)
        order by m.id desc
        limit $7::bigint
      ) n
      order by n.id desc
      limit $7::bigint
    ) f
    """)
}
