internal import Postgres

/// One company for the measurement of rights: 100 people and their owner, 30 teams in a tree, 50 pipelines
/// of nine stages, 300 grants and 300,000 deals. Run as the superuser of a private cluster that holds
/// nothing else.
enum RightsFillStatements {
  static let plan = Statement(
    """
    insert into plan (code, name, created_at)
    values ('benchmark', 'Benchmark', now())
    """)

  static let tenant = Statement(
    """
    insert into tenant (id, slug, name, plan_code, locale, currency, timezone, created_at)
    values (1, 'rights', 'Rights', 'benchmark', 'en', 'EUR', 'UTC', now())
    """)

  static let version = Statement(
    """
    insert into tenant_version (tenant_id)
    values (1)
    """)

  static let people = Statement(
    """
    insert into user_account (tenant_id, id, email, name, role, created_at)
    select 1, n, 'user' || n || '@rights.example', 'User ' || n,
      case when n = 1 then 'owner' else 'member' end, now()
    from generate_series(1, 101) n
    """)

  /// Five at the top, five below each.
  static let teams = Statement(
    """
    insert into team (tenant_id, id, name, kind, parent_id, created_at)
    select 1, n, 'Team ' || n, 'senior', case when n > 5 then (n - 6) / 5 + 1 end, now()
    from generate_series(1, 30) n
    """)

  /// Everybody is in two teams; the first thirty lead one.
  static let members = Statement(
    """
    insert into team_member (tenant_id, team_id, user_id, lead)
    select 1, 1 + (n - 2 + d) % 30, n, d = 0 and n < 32
    from generate_series(2, 101) n, unnest(array[0, 2]) d
    """)

  static let pipelines = Statement(
    """
    insert into pipeline (tenant_id, id, kind, name, position, created_at)
    select 1, n, 'deal', 'Pipeline ' || n, n, now()
    from generate_series(1, 50) n
    """)

  static let stages = Statement(
    """
    insert into stage (tenant_id, id, pipeline_id, name, kind, position)
    select 1, p * 9 + s, p, 'Stage ' || s,
      case s when 7 then 'won' when 8 then 'lost' else 'open' end, s
    from generate_series(1, 50) p, generate_series(0, 8) s
    """)

  /// Each team has ten pipelines: on its own cards, the team's, the sub-teams', or all in turn.
  static let grants = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, team_id, actions, cards, outcome, created_at)
    select 1, p * 30 + t, p, t, array['view', 'create', 'edit', 'move', 'close'],
      (array['own', 'team', 'subteams', 'all'])[1 + (p + t) % 4], 'any', now()
    from generate_series(1, 50) p, generate_series(1, 30) t
    where (p + t) % 5 = 0
    """)

  /// `$1` how many.
  static let deals = Statement(
    """
    insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, responsible_id,
      amount, created_at, stage_entered_at, touched_at, closed_at)
    select 1, d.id, 'deal', d.pipeline, d.pipeline * 9 + d.place, g.kind, 'Deal ' || d.id,
      2 + d.random / 977 % 100, d.random % 100000, now(), now(), now(),
      case when g.kind <> 'open' then now() end
    from (
      select n as id, r.random, 1 + r.random % 50 as pipeline, r.random / 53 % 9 as place
      from generate_series(1, $1::bigint) n
      cross join lateral (select hashint8extended(n, 1) & 9223372036854775807 as random) r
    ) d
    join stage g on g.tenant_id = 1 and g.id = d.pipeline * 9 + d.place
    """)

  /// The same deals under the tenant's policy alone, and under none: in schemas of their own, so that the
  /// very statements find them by the search path.
  static let copies = """
    create schema tenant_alone;
    create table tenant_alone.card (like card including all);
    insert into tenant_alone.card select * from card;
    alter table tenant_alone.card enable row level security;
    alter table tenant_alone.card force row level security;
    create policy card_all on tenant_alone.card
      using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);
    create schema unbound;
    create table unbound.card (like card including all);
    insert into unbound.card select * from card;
    grant usage on schema tenant_alone, unbound to voronka_app;
    grant select on tenant_alone.card, unbound.card to voronka_app;
    create schema benchmark;
    grant usage on schema benchmark to voronka_app;
    create function benchmark.reads(
      times integer, sets text, places text, people text
    ) returns double precision language plpgsql as $$
    declare
      began timestamptz := clock_timestamp();
      wanted bigint;
    begin
      for n in 1..times loop
        perform set_config('voronka.tenant_id', '1', true);
        if places is not null then
          perform set_config('voronka.sets', sets, true),
            set_config('voronka.view_places', places, true),
            set_config('voronka.view_people', people, true);
        end if;
        wanted := 1 + (n * 7919) % 300000;
        perform c.id, c.kind, c.pipeline_id, c.stage_id, c.outcome, c.title, c.amount, c.responsible_id,
          c.fields, c.created_at, c.version
        from card c
        where c.tenant_id = 1 and c.id = wanted;
      end loop;
      return extract(epoch from clock_timestamp() - began) * 1000000 / times;
    end
    $$;
    """

  /// The planner knows the tables, and pages are marked as seen by all.
  static let settle = """
    vacuum analyze
    """
}
