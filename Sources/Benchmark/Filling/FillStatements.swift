internal import Postgres

/// Fills the benchmark's companies within the database, past row-level security: run as the superuser of
/// a private cluster that holds nothing else.
///
/// What comes out is shaped like the companies that `Demo` imports: ten sellers in three teams, a
/// pipeline for each team, and deals of which a quarter is open.
enum FillStatements {
  /// For this transaction: no check of what is right by its making.
  static let withoutChecks = Statement(
    """
    select set_config('session_replication_role', 'replica', true)
    """)

  /// `$1` how many; they have the owner's password.
  static let sellers = Statement(
    """
    insert into user_account (tenant_id, id, email, name, role, password_hash, created_at)
    select t.id, o.id + n, 'seller' || n || '@' || t.slug || '.example', 'Seller ' || n, 'member',
      o.password_hash, o.created_at
    from tenant t
    join user_account o on o.tenant_id = t.id and o.role = 'owner'
    cross join generate_series(1, $1::bigint) n
    """)

  /// `$1` how many.
  static let companies = Statement(
    """
    insert into company (tenant_id, id, name, created_at)
    select t.id, n, 'Client ' || n, t.created_at
    from tenant t
    cross join generate_series(1, $1::bigint) n
    """)

  /// `$1` how many.
  static let teams = Statement(
    """
    insert into team (tenant_id, id, name, kind, created_at)
    select t.id, n, 'Team ' || n, 'senior', t.created_at
    from tenant t
    cross join generate_series(1, $1::bigint) n
    """)

  /// `$1` how many teams: sellers take turns, and the first of each team leads it.
  static let teamMembers = Statement(
    """
    insert into team_member (tenant_id, team_id, user_id, lead)
    select s.tenant_id, 1 + (s.place - 1) % $1::bigint, s.id, s.place <= $1::bigint
    from (
      select u.tenant_id, u.id, row_number() over (partition by u.tenant_id order by u.id) as place
      from user_account u
      where u.role = 'member'
    ) s
    """)

  /// `$1` how many; `$2`, `$3`, `$4` their rules.
  static let pipelines = Statement(
    """
    insert into pipeline (tenant_id, id, kind, name, position, no_back, no_skip, cross_only_by_win,
      created_at)
    select t.id, l.id + n, 'deal', 'Sales ' || n, l.position + n, $2::text, $3::text, $4::text,
      t.created_at
    from tenant t
    join pipeline l on l.tenant_id = t.id and l.kind = 'lead'
    cross join generate_series(1, $1::bigint) n
    """)

  /// One pipeline's stages, for each deal pipeline: `$1` names, `$2` kinds, `$3` styles, `$4` whether key,
  /// `$5` what is required, as texts of arrays, `$6` the longest stay.
  static let stages = Statement(
    """
    insert into stage (tenant_id, id, pipeline_id, name, kind, position, style, key, required,
      dwell_limit)
    select p.tenant_id,
      (select max(l.id) from stage l where l.tenant_id = p.tenant_id)
        + row_number() over (partition by p.tenant_id order by p.id, s.place),
      p.id, s.name, s.kind, s.place, s.style, s.key, s.required::text[], s.dwell_limit
    from pipeline p
    cross join unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[])
      with ordinality as s (name, kind, style, key, required, dwell_limit, place)
    where p.kind = 'deal'
    """)

  /// To each team, everything that selling takes on its own pipeline.
  static let grants = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, team_id, actions, cards, outcome, created_at)
    select p.tenant_id, p.place, p.id, p.place, array['view', 'create', 'edit', 'move', 'close'], 'all',
      'any', p.created_at
    from (
      select p.tenant_id, p.id, p.created_at,
        row_number() over (partition by p.tenant_id order by p.id) as place
      from pipeline p
      where p.kind = 'deal'
    ) p
    """)

  /// The deals of tenant `$1`: `$2` how many, `$3` now, `$4` how many companies there are, `$5` sellers.
  /// Deals take turns in the pipelines; every fourth is open, and more of these stand in front.
  static let deals = Statement(joining: [
    """
    insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, amount, company_id,
      responsible_id, source, created_by, created_at, stage_entered_at, touched_at, closed_at, version)
    select $1::bigint, d.id, 'deal', p.id,
    """, stageOfDrawn,
    """

      d.outcome, 'Deal ' || d.id, 5000 + d.random / 31 % 60000, 1 + d.random / 37 % $4::bigint,
      s.id, (array['site form', 'call', 'messenger', 'exhibition'])[1 + d.random / 41 % 4], s.id,
      d.created_at, coalesce(d.closed_at, d.created_at), coalesce(d.closed_at, d.created_at),
      d.closed_at, case d.outcome when 'open' then 1 else 2 end
    """, drawn,
  ])

  /// In which stage a drawn deal stands, with a comma behind.
  static let stageOfDrawn: StaticString = """

      case d.outcome
        when 'won' then p.won
        when 'lost' then p.lost
        else p.open[1 + least(d.random % p.stages, d.random / 1009 % p.stages)]
      end,
    """

  /// Deals `d` as they are drawn, with their pipelines `p` and sellers `s`; the parameters are those of `deals`.
  static let drawn: StaticString = """

    from (
      select c.*, case when c.outcome <> 'open' then c.created_at + ($3::timestamptz - c.created_at) / 2
        end as closed_at
      from (
        select n as id, r.random,
          $3::timestamptz - make_interval(secs => 3600 + r.random % 31532400) as created_at,
          case
            when n % 4 = 0 then 'open'
            when n % 20 in (1, 2, 3, 5, 6, 7, 9, 10) then 'won'
            else 'lost'
          end as outcome
        from generate_series(1, $2::bigint) n
        cross join lateral (
          select hashint8extended(n, $1::bigint) & 9223372036854775807 as random
        ) r
      ) c
    ) d
    join (
      select g.pipeline_id as id, row_number() over (order by g.pipeline_id) - 1 as place,
        array_agg(g.id order by g.position) filter (where g.kind = 'open') as open,
        count(*) filter (where g.kind = 'open') as stages,
        max(g.id) filter (where g.kind = 'won') as won,
        max(g.id) filter (where g.kind = 'lost') as lost
      from stage g
      join pipeline l on l.tenant_id = g.tenant_id and l.id = g.pipeline_id and l.kind = 'deal'
      where g.tenant_id = $1::bigint
      group by g.pipeline_id
    ) p on p.place = d.id % 3
    join (
      select u.id, row_number() over (order by u.id) - 1 as place
      from user_account u
      where u.tenant_id = $1::bigint
        and u.role = 'member'
    ) s on s.place = d.random / 43 % $5::bigint
    order by d.id
    """

  /// Where tenant `$1`'s deals have been.
  static let stays = Statement(
    """
    insert into stay (tenant_id, card_id, version, stage_id, entered_at, left_at, entered_by)
    select c.tenant_id, c.id, v.version,
      case
        when v.version = c.version then c.stage_id
        else (
          select min(g.id)
          from stage g
          where g.tenant_id = $1::bigint
            and g.pipeline_id = c.pipeline_id
        )
      end,
      case v.version when 1 then c.created_at else c.closed_at end,
      case when v.version < c.version then c.closed_at end,
      c.created_by
    from card c
    cross join lateral generate_series(1, c.version) as v (version)
    where c.tenant_id = $1::bigint
    order by c.id, v.version
    """)

  /// What has happened to tenant `$1`'s deals.
  static let histories = Statement(
    """
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    select c.tenant_id, c.id, v.version,
      case v.version when 1 then c.created_at else c.closed_at end, c.created_by,
      case v.version when 1 then 'created' else c.outcome end,
      jsonb_build_object('to', c.stage_id)
    from card c
    cross join lateral generate_series(1, c.version) as v (version)
    where c.tenant_id = $1::bigint
    order by c.id, v.version
    """)

  /// The ids that are taken.
  static let identities = Statement(
    """
    insert into id_block (tenant_id, kind, next_id)
    select k.tenant_id, k.kind, max(k.id) + 1
    from (
      select tenant_id, 'user' as kind, id from user_account
      union all
      select tenant_id, 'company', id from company
      union all
      select tenant_id, 'team', id from team
      union all
      select tenant_id, 'pipeline', id from pipeline
      union all
      select tenant_id, 'stage', id from stage
      union all
      select tenant_id, 'grant', id from access_grant
      union all
      select tenant_id, 'card', id from card
    ) k
    group by k.tenant_id, k.kind
    on conflict (tenant_id, kind) do update
    set next_id = greatest(id_block.next_id, excluded.next_id)
    """)
}
