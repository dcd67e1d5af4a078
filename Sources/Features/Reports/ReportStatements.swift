internal import Postgres

/// Reports; `$1` is the tenant everywhere.
enum ReportStatements {
  /// Sorting and grouping of a whole pipeline stays in memory.
  static let roomToWork = Statement(
    """
    select set_config('work_mem', '64MB', true)
    """)

  /// The figures of a funnel, in rows of two kinds, the cards of pipeline `$2` being read once.
  ///
  /// The cohort: cards created from the day `$3` on and before the day `$4`, as of the end of the day `$5`
  /// or the moment `$6`, of team `$7` with those below it, of the user `$8`, from source `$9`, and not before the
  /// moment `$12`; each null for all. `$10` are the pipeline's stages in their order, `$11` tells the open ones; a stage is called by its
  /// place among them, from 1.
  ///
  /// Without a place in the first column: how many cards went which way, by the furthest open stage, the
  /// last open one, the present one, and a text of 0 and 1 for the open stages they were in; the number of
  /// cards and their sum; and, last of all columns, the reason for which those in a closing stage were closed. With one: how many stays in this open stage have ended, and the median and
  /// ninetieth percentile of their lengths in seconds.
  static let funnel = Statement(
    """
    with recursive
    span as (
      select
        greatest(
          coalesce($3::date::timestamp at time zone t.timezone, '-infinity'),
          coalesce($12::timestamptz, '-infinity')
        ) as since,
        coalesce($4::date::timestamp at time zone t.timezone, 'infinity') as until,
        coalesce(
          ($5::date + 1)::timestamp at time zone t.timezone,
          $6::timestamptz + interval '1 microsecond',
          'infinity'
        ) as cut
      from tenant t
      where t.id = $1::bigint
    ),
    below (id) as (
      select t.id
      from team t
      where t.tenant_id = $1::bigint
        and t.id = $7::bigint
      union
      select t.id
      from below b
      join team t on t.tenant_id = $1::bigint and t.parent_id = b.id
    ),
    cohort as (
      select c.id, c.amount, c.reason_id
      from card c
      where c.tenant_id = $1::bigint
        and c.pipeline_id = $2::bigint
        and c.created_at >= (select since from span)
        and c.created_at < (select least(until, cut) from span)
        and ($7::bigint is null or c.responsible_id in (
          select m.user_id
          from team_member m
          where m.tenant_id = $1::bigint
            and m.team_id in (select id from below)
        ))
        and ($8::bigint is null or c.responsible_id = $8::bigint)
        and ($9::text is null or c.source = $9::text)
    ),
    place as (
      select p.stage_id, p.place, p.is_open,
        set_bit(repeat('0', cardinality($10::bigint[]))::bit varying, p.place::integer - 1, 1)
          as mark
      from unnest($10::bigint[], $11::boolean[]) with ordinality as p (stage_id, is_open, place)
    ),
    visit as materialized (
      select s.card_id, s.version, c.amount, c.reason_id, p.place, p.is_open, p.mark, s.entered_at,
        case when s.left_at < (select cut from span) then s.left_at end as left_at
      from cohort c
      join stay s on s.tenant_id = $1::bigint and s.card_id = c.id
      join place p on p.stage_id = s.stage_id
      where s.entered_at < (select cut from span)
    ),
    path as (
      -- The place of the latest stay: versions count up, and places stay far below 65536.
      select v.card_id, max(v.amount) as amount, max(v.reason_id) as reason,
        max(v.place) filter (where v.is_open) as furthest,
        max(v.version * 65536 + v.place) filter (where v.is_open) % 65536 as last_open,
        max(v.version * 65536 + v.place) % 65536 as present,
        bit_or(v.mark) filter (where v.is_open)::text as marks
      from visit v
      group by v.card_id
    )
    select null, p.furthest, p.last_open, p.present, p.marks, count(*), coalesce(sum(p.amount), 0),
      null, null, p.reason
    from path p
    group by p.furthest, p.last_open, p.present, p.marks, p.reason
    union all
    select l.place, null, null, null, null, l.stays, null, l.percentiles[1], l.percentiles[2],
      null
    from (
      select v.place, count(*) as stays,
        percentile_cont(array[0.5, 0.9]) within group (
          order by extract(epoch from v.left_at - v.entered_at)::double precision
        ) as percentiles
      from visit v
      where v.is_open
        and v.left_at is not null
      group by v.place
    ) l
    """)
}
