internal import Postgres

/// Imports and the external ids they brought; `$1` is the tenant, `$2` the import's id everywhere.
enum ImportStatements {
  static let get = Statement(
    """
    select id, source, kinds, pipeline_id, dry_run, draft, state, started_by, started_at,
      finished_at, removed, skip_gate
    from import
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// `$3` source, `$4` kinds, `$5` pipeline or null, `$6` dry run, `$7` draft or null, `$8` user, `$9` now,
  /// `$10` whether rows pass by the rules of selling.
  static let insert = Statement(
    """
    insert into import (tenant_id, id, source, kinds, pipeline_id, dry_run, draft, state,
      started_by, started_at, skip_gate)
    values ($1::bigint, $2::bigint, $3::text, $4::text[], $5::bigint, $6::boolean, $7::jsonb,
      'running', $8::bigint, $9::timestamptz, $10::boolean)
    """)

  /// `$3` now.
  static let finish = Statement(
    """
    update import
    set state = 'finished',
      finished_at = $3::timestamptz
    where tenant_id = $1::bigint
      and id = $2::bigint
      and state = 'running'
    """)

  /// The keys of a dry run; where `$2` is null, of those begun before `$3`.
  static let forgetKeys = Statement(
    """
    delete from import_key k
    using import i
    where k.tenant_id = $1::bigint
      and i.tenant_id = $1::bigint
      and i.dry_run
      and ($2::bigint is not null and i.id = $2::bigint
        or $2::bigint is null and i.started_at < $3::timestamptz)
      and k.source = i.key_source
    """)

  /// The dry run itself; where `$2` is null, those begun before `$3`.
  static let forget = Statement(
    """
    delete from import
    where tenant_id = $1::bigint
      and dry_run
      and ($2::bigint is not null and id = $2::bigint
        or $2::bigint is null and started_at < $3::timestamptz)
    """)

  /// How many objects of each kind it brought that are still there.
  static let count = Statement(
    """
    select k.kind, count(*)
    from import i
    join import_key k on k.tenant_id = $1::bigint
      and k.source = i.key_source
      and k.import_id = i.id
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
    group by k.kind
    """)

  // MARK: - Rows

  /// Makes the look-ups of this transaction go by index: a plan may have been kept from when the tables
  /// were still small, and an import outgrows it within seconds.
  static let planByIndex = Statement(
    """
    select set_config('enable_seqscan', 'off', true)
    """)

  /// Which external ids `$4` of kind `$3` are known: the id, the object's number, 0 in a dry run, and the
  /// import and the row that brought it, with the hash of what that row said. Each is looked up by itself,
  /// however many there are; by `=` alone, since behind row-level security the index is of no use to `in`
  /// and `any`. A dry run finds its own and what is there.
  static let known = Statement(
    """
    select w.external_id, k.object_id, k.import_id, k.line, encode(k.content_hash, 'hex')
    from import i
    cross join unnest($4::text[]) as w (external_id)
    cross join lateral (
      select n.object_id, n.import_id, n.line, n.content_hash
      from import_key n
      where n.tenant_id = $1::bigint
        and n.source = i.key_source
        and n.kind = $3::text
        and n.external_id = w.external_id
      union all
      select n.object_id, n.import_id, n.line, n.content_hash
      from import_key n
      where i.dry_run
        and n.tenant_id = $1::bigint
        and n.source = i.source
        and n.kind = $3::text
        and n.external_id = w.external_id
      limit 1
    ) k
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
    """)

  /// The same for what deals refer to, elements of the arrays `$3` kinds and `$4` external ids: kind,
  /// external id, number, whether the object is still there, and a product's name.
  static let references = Statement(
    """
    select w.kind, w.external_id, k.object_id,
      k.object_id = 0 or coalesce(c.id, p.id, u.id) is not null,
      p.name
    from import i
    cross join unnest($3::text[], $4::text[]) as w (kind, external_id)
    cross join lateral (
      select n.object_id
      from import_key n
      where n.tenant_id = $1::bigint
        and n.source = i.key_source
        and n.kind = w.kind
        and n.external_id = w.external_id
      union all
      select n.object_id
      from import_key n
      where i.dry_run
        and n.tenant_id = $1::bigint
        and n.source = i.source
        and n.kind = w.kind
        and n.external_id = w.external_id
      limit 1
    ) k
    left join company c on w.kind = 'company'
      and c.tenant_id = $1::bigint
      and c.id = k.object_id
    left join product p on w.kind = 'product'
      and p.tenant_id = $1::bigint
      and p.id = k.object_id
    left join user_account u on w.kind = 'person'
      and u.tenant_id = $1::bigint
      and u.id = k.object_id
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
    """)

  /// When the days `$2` begin and end in the company's time zone.
  static let days = Statement(
    """
    select d.day, d.day::date::timestamp at time zone t.timezone,
      (d.day::date + 1)::timestamp at time zone t.timezone
    from tenant t
    cross join unnest($2::text[]) as d (day)
    where t.id = $1::bigint
    """)

  /// Holds the import open until the rows are in, or rolls everything back where it has ended.
  static let requireRunning = Statement(
    """
    with running as (
      select 1
      from import
      where tenant_id = $1::bigint
        and id = $2::bigint
        and state = 'running'
      for share
    )
    select require_one((select count(*) from running))
    """)

  /// Takes external ids, elements of the arrays `$4`, for the objects `$5` of kind `$3`, with the rows' lines
  /// `$6` and the hashes `$7` of what they say; where another call took one meanwhile, everything is rolled
  /// back. They come in order, so that two never wait for each other.
  static let insertKeys = Statement(
    """
    with taken as (
      insert into import_key (tenant_id, source, kind, external_id, object_id, import_id, line,
        content_hash)
      select $1::bigint, i.key_source, $3::text,
        k.external_id, k.object_id, $2::bigint, k.line, decode(k.content, 'hex')
      from import i
      cross join unnest($4::text[], $5::bigint[], $6::bigint[], $7::text[])
        as k (external_id, object_id, line, content)
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
      on conflict do nothing
      returning 1
    )
    select require_one(
      case when (select count(*) from taken) = cardinality($4::text[]) then 1 else 0 end
    )
    """)
}
