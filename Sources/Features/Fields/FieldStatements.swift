internal import Postgres

/// The company's own fields; `$1` is the tenant everywhere.
enum FieldStatements {
  /// `$2` id, `$3` kind of card, `$4` key, `$5` name, `$6` type, `$7` choices, `$8` position, `$9`
  /// searchable, `$10` group, `$11` pipelines or null, `$12` the field it becomes, `$13` filterable.
  static let insert = Statement(
    """
    insert into field (tenant_id, id, card_kind, key, name, type, choices, position, searchable,
      field_group, pipelines, converts_to, filterable)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text[], $8::integer,
      $9::boolean, $10::text, $11::bigint[], $12::bigint, $13::boolean)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` choices, `$6` searchable, `$7` group,
  /// `$8` pipelines or null, `$9` the field it becomes, `$10` filterable.
  static let update = Statement(
    """
    with changed as (
      update field
      set name = $4::text,
        choices = $5::text[],
        searchable = $6::boolean,
        field_group = $7::text,
        pipelines = $8::bigint[],
        converts_to = $9::bigint,
        filterable = $10::boolean,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// Puts the fields `$2` into this order.
  static let reorder = Statement(
    """
    update field f
    set position = o.position,
      version = version + 1
    from unnest($2::bigint[]) with ordinality as o (id, position)
    where f.tenant_id = $1::bigint
      and f.id = o.id
      and f.position <> o.position
    """)

  /// `$2` id, `$3` the version that was read.
  static let delete = Statement(
    """
    with deleted as (
      delete from field
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// More fields than `$2` roll the transaction back; null is no limit.
  static let requireAllowed = Statement(
    """
    select require_below(
      (
        select count(*)
        from field
        where tenant_id = $1::bigint
      ),
      $2::bigint
    )
    """)

  /// How many cards of kind `$2` hold a value under key `$3`.
  static let countCards = Statement(
    """
    select count(*)
    from card
    where tenant_id = $1::bigint
      and kind = $2::text
      and fields ? $3::text
    """)

  /// How many cards of kind `$2` hold one of the options `$4` under key `$3`.
  static let countChoices = Statement(
    """
    select count(*)
    from card
    where tenant_id = $1::bigint
      and kind = $2::text
      and fields -> $3::text ?| $4::text[]
    """)

  /// How many cards of kind `$2` hold which of the options `$4` under key `$3`.
  static let countEachChoice = Statement(
    """
    select o.option, count(*)
    from unnest($4::text[]) with ordinality as o (option, place)
    join card c on c.tenant_id = $1::bigint
      and c.kind = $2::text
      and c.fields -> $3::text ? o.option
    group by o.option, o.place
    order by o.place
    """)

  /// Options that cards of kind `$2` hold under key `$3` become others, which their histories tell: `$4` the old
  /// ones, `$5` the new ones, null where nothing takes their place, `$6` the field's options in their order,
  /// `$7` now, `$8` user, `$9` what became of what.
  static let changeChoices = Statement(
    """
    with change as (
      select c.old, c.new
      from unnest($4::text[], $5::text[]) as c (old, new)
    ),
    changed as (
      update card
      set fields = (
          select case
              when v.value is null then fields - $3::text
              else fields || jsonb_build_object($3::text, v.value)
            end
          from (
            select case
                when jsonb_typeof(fields -> $3::text) = 'array' then (
                  select jsonb_agg(o.option order by o.place)
                  from unnest($6::text[]) with ordinality as o (option, place)
                  where o.option in (
                    select case when c.old is null then e.option else c.new end
                    from jsonb_array_elements_text(fields -> $3::text) as e (option)
                    left join change c on c.old = e.option
                  )
                )
                else (
                  select to_jsonb(c.new)
                  from change c
                  where c.old = fields ->> $3::text
                )
              end as value
          ) v
        ),
        version = version + 1
      where tenant_id = $1::bigint
        and kind = $2::text
        and fields -> $3::text ?| $4::text[]
      returning id, version
    )
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    select $1::bigint, id, version, $7::timestamptz, $8::bigint, 'updated',
      jsonb_build_object('fields', true, 'field', $3::text, 'choices', $9::jsonb)
    from changed
    """)

  /// A card of kind `$2` that holds one of the options `$4` under key `$3` rolls the transaction back.
  static let requireUnheld = Statement(
    """
    select require_below(
      (
        select count(*)
        from card
        where tenant_id = $1::bigint
          and kind = $2::text
          and fields -> $3::text ?| $4::text[]
      ),
      0
    )
    """)

  /// A card of kind `$2` that holds a value under key `$3` rolls the transaction back.
  static let requireEmpty = Statement(
    """
    select require_below(
      (
        select count(*)
        from card
        where tenant_id = $1::bigint
          and kind = $2::text
          and fields ? $3::text
      ),
      0
    )
    """)

  /// Takes the value under key `$3` out of the cards of kind `$2`, and says so in their histories: `$4`
  /// now, `$5` user.
  static let clear = Statement(
    """
    with changed as (
      update card
      set fields = fields - $3::text,
        version = version + 1
      where tenant_id = $1::bigint
        and kind = $2::text
        and fields ? $3::text
      returning id, version
    )
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    select $1::bigint, id, version, $4::timestamptz, $5::bigint, 'updated',
      jsonb_build_object('fields', true, 'field_deleted', $3::text)
    from changed
    """)
}
