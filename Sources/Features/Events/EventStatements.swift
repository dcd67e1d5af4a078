internal import Postgres

/// The event feed; `$1` is the tenant everywhere.
enum EventStatements {
  /// `$2` writer, `$3` place, `$4` moment, `$5` name, `$6` noun, `$7` subject, `$8` version, `$9` user,
  /// `$10` card, `$11` pipeline, `$12` stage, `$13` responsible, `$14` and `$15` the two before, `$16`
  /// details, `$17` the pipeline before.
  static let insert = Statement(
    """
    insert into event (tenant_id, writer, place, at, name, noun, subject_id, version, user_id,
      card_id, pipeline_id, stage_id, responsible_id, stage_before, responsible_before, details,
      pipeline_before)
    values ($1::bigint, $2::bigint, $3::bigint, $4::timestamptz, $5::text, $6::text, $7::bigint,
      $8::bigint, $9::bigint, $10::bigint, $11::bigint, $12::bigint, $13::bigint, $14::bigint,
      $15::bigint, $16::jsonb, $17::bigint)
    """)

  // MARK: - Numbering

  /// How far the feed is numbered, the company's version, whether there are rows to be numbered, and
  /// whether there are any without a number. A transaction that this database has not come to yet is
  /// one of the database that this one was restored from.
  static let look = Statement(
    """
    select
      coalesce((select h.number from event_head h where h.tenant_id = $1::bigint), 0),
      coalesce((select v.version from tenant_version v where v.tenant_id = $1::bigint), 0),
      exists (
        select 1
        from event e
        where e.tenant_id = $1::bigint
          and e.number is null
          and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      ) or exists (
        select 1
        from event e
        where e.tenant_id = $1::bigint
          and e.number is null
          and e.xid >= pg_snapshot_xmax(pg_current_snapshot())
      ),
      exists (
        select 1
        from event e
        where e.tenant_id = $1::bigint
          and e.number is null
      )
    """)

  /// The head's row, where there is none yet; nothing is left behind of a company that is being purged.
  static let makeHead = Statement(
    """
    insert into event_head (tenant_id)
    select t.id
    from tenant t
    where t.id = $1::bigint
      and t.state <> 'purging'
    on conflict (tenant_id) do nothing
    """)

  /// One numbers at a time: what is read behind this is what the one before has left.
  static let lockHead = Statement(
    """
    select number
    from event_head
    where tenant_id = $1::bigint
    for update
    """)

  /// Gives the next numbers to at most `$2` rows whose transactions are over, as are all before them:
  /// those of a restored database first, the others in the order of their transactions.
  static let number = Statement(
    """
    with restored as (
      select 0 as rank, e.xid, e.place, e.writer
      from event e
      where e.tenant_id = $1::bigint
        and e.number is null
        and e.xid >= pg_snapshot_xmax(pg_current_snapshot())
      order by e.xid, e.place, e.writer
      limit $2::bigint
    ),
    finished as (
      select 1 as rank, e.xid, e.place, e.writer
      from event e
      where e.tenant_id = $1::bigint
        and e.number is null
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.place, e.writer
      limit $2::bigint
    ),
    ready as (
      select a.xid, a.place, a.writer,
        row_number() over (order by a.rank, a.xid, a.place, a.writer) as step
      from (
        select rank, xid, place, writer
        from restored
        union all
        select rank, xid, place, writer
        from finished
      ) a
      order by step
      limit $2::bigint
    ),
    numbered as (
      update event e
      set number = h.number + r.step
      from ready r
      cross join (select number from event_head where tenant_id = $1::bigint) h
      where e.tenant_id = $1::bigint
        and e.number is null
        and e.xid = r.xid
        and e.place = r.place
        and e.writer = r.writer
      returning 1
    )
    update event_head
    set number = number + (select count(*) from numbered)
    where tenant_id = $1::bigint
    returning number
    """)

  // MARK: - Reading

  /// How far the feed is numbered, and up to where it has been cleared away.
  static let head = Statement(
    """
    select number, cleared
    from event_head
    where tenant_id = $1::bigint
    """)

  /// At most `$4` events with numbers above `$2` and up to `$3`, in pipelines `$5` and about nouns `$6`
  /// where those are not null.
  static let page = Statement(
    """
    select number, at, name, noun, subject_id, version, user_id, card_id, pipeline_id, stage_id,
      responsible_id, stage_before, responsible_before,
      case
        when name in ('lead.repeat', 'deal.repeat')
        -- Of the client's earlier cards, those that the reader may see.
        then jsonb_set(details, '{earlier}', (
          select coalesce(jsonb_agg(c.id order by c.id desc), '[]')
          from card c
          where c.tenant_id = $1::bigint
            and details -> 'earlier' @> to_jsonb(c.id)
        ))
        else details
      end,
      pipeline_before
    from event
    where tenant_id = $1::bigint
      and number > $2::bigint
      and number <= $3::bigint
      and (
        $5::bigint[] is null
        or pipeline_id = any ($5::bigint[])
        or pipeline_before = any ($5::bigint[])
      )
      and ($6::text[] is null or noun = any ($6::text[]))
    order by number
    limit $4::bigint
    """)

  // MARK: - Clearing away

  /// Removes at most `$3` of the first numbers, up to before the first event of `$2` or later. Gives how
  /// far the feed is cleared then, and whether there may be more; nothing where nothing was to go.
  static let clear = Statement(
    """
    with head as (
      select h.number, h.cleared, least(h.number, h.cleared + $3::bigint) as most
      from event_head h
      where h.tenant_id = $1::bigint
    ),
    bound as (
      select h.most,
        coalesce(
          (
            select e.number - 1
            from event e
            where e.tenant_id = $1::bigint
              and e.number > h.cleared
              and e.number <= h.most
              and e.at >= $2::timestamptz
            order by e.number
            limit 1
          ),
          h.most
        ) as last
      from head h
    ),
    gone as (
      delete from event e
      using bound b
      where e.tenant_id = $1::bigint
        and e.number <= b.last
      returning 1
    )
    update event_head h
    set cleared = b.last
    from bound b
    where h.tenant_id = $1::bigint
      and h.cleared < b.last
    returning h.cleared, b.last = b.most
    """)
}
