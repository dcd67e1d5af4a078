internal import Postgres

/// A pipeline's board; `$1` is the tenant everywhere.
enum BoardStatements {
  /// How many cards stand in each stage of pipeline `$2`, and their sum.
  static let counts = Statement(
    """
    select stage_id, count(*), coalesce(sum(amount), 0)
    from card
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
    group by stage_id
    """)

  /// The newest cards of each of the stages `$2`, in the order of the stages, at most `$3` a stage.
  static let cards = Statement(joining: [
    CardStatements.columns, ActivityStatements.nextColumns, ClockStatements.ofStay,
    """

    from unnest($2::bigint[]) with ordinality as w (stage_id, place)
    cross join lateral (
      select *
      from card n
      where n.tenant_id = $1::bigint
        and n.stage_id = w.stage_id
      order by n.id desc
      limit $3::bigint
    ) c
    order by w.place, c.id desc
    """,
  ])

  /// The same of the cards that filters leave: `$3` responsible, `$4` contact, `$5` company, `$6` source, each null
  /// for all; `$7` what they hold and `$8` further conditions. With keys, of those that have one in the ranges from
  /// `$9` up to `$10`; with people, of those of the people `$9`.
  static func counts(by index: CardFieldIndex) -> Statement {
    let counted: [StaticString] = ["select c.stage_id, count(*), coalesce(sum(c.amount), 0)"]
    let source: [StaticString] =
      switch index {
      case .none, .key: ["\nfrom card c"]
      case .places: reached("$9::text[], $10::text[]")
      case .people: ofPeople("$9::bigint[]")
      }
    return Statement(joining: counted + source + filtered + ["\ngroup by c.stage_id"])
  }

  /// The newest cards that filters leave, as above, of each of the stages `$9`, at most `$10` a stage. With keys,
  /// of those that have one in the ranges from `$11` up to `$12`; with people, of those of the people `$11`.
  static func cards(by index: CardFieldIndex) -> Statement {
    switch index {
    case .none, .key: filteredCards
    case .places: cardsByKeys
    case .people: cardsOfPeople
    }
  }

  private static let filteredCards = Statement(
    joining: [
      CardStatements.columns, ActivityStatements.nextColumns, ClockStatements.ofStay,
      """

      from unnest($9::bigint[]) with ordinality as w (stage_id, place)
      cross join lateral (
        select c.*
        from card c
      """,
    ] + filtered + [
      """

          and c.stage_id = w.stage_id
        order by c.id desc
        limit $10::bigint
      ) c
      order by w.place, c.id desc
      """
    ])

  private static let cardsByKeys = cards(of: reached("$11::text[], $12::text[]"))
  private static let cardsOfPeople = cards(of: ofPeople("$11::bigint[]"))

  /// Of cards that are found first and looked at stage by stage then.
  private static func cards(of source: [StaticString]) -> Statement {
    let begun: [StaticString] = [
      """
      with found as materialized (
        select c.id, c.stage_id
      """
    ]
    return Statement(joining: begun + source + filtered + shown)
  }

  private static let shown: [StaticString] =
    [
      """

      )

      """, CardStatements.columns, ActivityStatements.nextColumns, ClockStatements.ofStay,
      """

      from unnest($9::bigint[]) with ordinality as w (stage_id, place)
      cross join lateral (
        select f.id
        from found f
        where f.stage_id = w.stage_id
        order by f.id desc
        limit $10::bigint
      ) g
      cross join lateral (
        select n.*
        from card n
        where n.tenant_id = $1::bigint
          and n.id = g.id
        offset 0
      ) c
      order by w.place, c.id desc
      """,
    ]

  /// The cards of the people, person by person.
  private static func ofPeople(_ people: StaticString) -> [StaticString] {
    [
      "\nfrom unnest(", people,
      """
      ) as p (id)
      cross join lateral (
        select n.*
        from card n
        where n.tenant_id = $1::bigint
          and n.responsible_id = p.id
        offset 0
      ) c
      """,
    ]
  }

  /// The cards of the keys; `offset 0` keeps each look-up by itself: a join might read all cards instead.
  private static func reached(_ ranges: StaticString) -> [StaticString] {
    let begun: [StaticString] = ["\nfrom ("]
    return begun + CardListStatements.places(ranges) + [
      """

      ) d
      cross join lateral (
        select n.*
        from card n
        where n.tenant_id = $1::bigint
          and n.id = d.id
        offset 0
      ) c
      """
    ]
  }

  private static let filtered: [StaticString] =
    [
      """

      where c.tenant_id = $1::bigint
        and c.pipeline_id = $2::bigint
        and ($3::bigint is null or c.responsible_id = $3::bigint)
        and ($4::bigint is null or c.contact_id = $4::bigint)
        and ($5::bigint is null or c.company_id = $5::bigint)
        and ($6::text is null or c.source = $6::text)
      """
    ] + CardListStatements.holding("$7::jsonb", further: "$8::jsonb")
}
