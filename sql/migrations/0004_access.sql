-- Access: who may do what on which cards of which pipelines, and the one definition of the rule.

create table access_grant (
  tenant_id bigint not null,
  id bigint not null,
  pipeline_id bigint not null,
  user_id bigint,
  team_id bigint,
  actions text[] not null,
  cards text not null,
  outcome text not null,
  stages bigint[],
  version bigint not null default 1,
  granted_by bigint,
  created_at timestamptz not null,
  constraint access_grant_pkey primary key (tenant_id, id),
  constraint access_grant_pipeline_fkey foreign key (tenant_id, pipeline_id)
    references pipeline (tenant_id, id),
  constraint access_grant_user_fkey foreign key (tenant_id, user_id)
    references user_account (tenant_id, id),
  constraint access_grant_team_fkey foreign key (tenant_id, team_id) references team (tenant_id, id),
  -- To a user, to a team, or (neither) to everyone.
  constraint access_grant_one_subject check (user_id is null or team_id is null),
  constraint access_grant_actions check (
    cardinality(actions) > 0
    and actions <@ array['view', 'create', 'edit', 'move', 'close', 'assign', 'delete', 'export', 'configure']
  ),
  constraint access_grant_cards check (cards in ('own', 'team', 'subteams', 'all')),
  constraint access_grant_outcome check (outcome in ('any', 'open', 'won', 'lost')),
  constraint access_grant_stages check (cardinality(stages) > 0)
);

comment on column access_grant.stages is
  'Narrowed to cards in these stages; NULL is all. Numbers of deleted stages may stay: they are never given anew.';

-- Giving again to the same subject replaces.
create unique index access_grant_subject_key
  on access_grant (tenant_id, pipeline_id, coalesce(user_id, 0), coalesce(team_id, 0));
create index access_grant_user on access_grant (tenant_id, user_id) where user_id is not null;
create index access_grant_team on access_grant (tenant_id, team_id) where team_id is not null;

alter table access_grant enable row level security;
alter table access_grant force row level security;

create policy access_grant_read on access_grant
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- A lead writes the grants to the teams they lead and those below, and to the people in them, on the
-- pipelines they know (voronka.led_teams, voronka.led_people), and new ones with no action that
-- they do not hold there themselves (voronka.given: '12:view'). The finer limit, whose cards and
-- which, is the server's: SalesRules, Delegation.
create policy access_grant_insert on access_grant
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
        and (
          team_id = any ((select nullif(current_setting('voronka.led_teams', true), '')::bigint[])::bigint[])
          or user_id = any ((select nullif(current_setting('voronka.led_people', true), '')::bigint[])::bigint[])
        )
        and not exists (
          select 1
          from unnest(actions) as a (action)
          where pipeline_id::text || ':' || a.action
            <> all ((select nullif(current_setting('voronka.given', true), '')::text[])::text[])
        )
      )
    )
  );

create policy access_grant_update on access_grant
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
        and (
          team_id = any ((select nullif(current_setting('voronka.led_teams', true), '')::bigint[])::bigint[])
          or user_id = any ((select nullif(current_setting('voronka.led_people', true), '')::bigint[])::bigint[])
        )
      )
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
        and (
          team_id = any ((select nullif(current_setting('voronka.led_teams', true), '')::bigint[])::bigint[])
          or user_id = any ((select nullif(current_setting('voronka.led_people', true), '')::bigint[])::bigint[])
        )
      )
    )
  );

create policy access_grant_delete on access_grant
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
        and (
          team_id = any ((select nullif(current_setting('voronka.led_teams', true), '')::bigint[])::bigint[])
          or user_id = any ((select nullif(current_setting('voronka.led_people', true), '')::bigint[])::bigint[])
        )
      )
    )
  );

grant select, insert, delete on access_grant to voronka_app;
grant update (actions, cards, outcome, stages, version, granted_by) on access_grant to voronka_app;

-- What a user may do, compiled from every grant that reaches the user: the one definition of the
-- rule. A row with pipelines says on which of them an action is held at all. A row with stages says on
-- whose cards in these stages it is held: those of the people named; NULL is everybody's, and nobody's.
-- A stage tells its pipeline and, by its kind, the outcome of the cards in it. `create` and
-- `configure` are done to the pipeline and have no stages; nothing is held on a card that may not be
-- viewed.
-- Grants add up. The team of a grant to a team is that team; of a grant to a user or everyone, every
-- team the user belongs to or leads. Who leads a team may assign the cards of its people, and of those
-- in the teams below, that they may view. Owners and admins need no grant and are not asked here.
create function compiled_rights(of_tenant bigint, of_user bigint)
returns table (action text, pipelines bigint[], stages bigint[], people bigint[])
language sql stable
as $$
  with recursive
  belongs as (
    select m.team_id, m.lead
    from team_member m
    where m.tenant_id = of_tenant
      and m.user_id = of_user
  ),
  led (team_id) as (
    select b.team_id
    from belongs b
    where b.lead
    union
    select t.id
    from led l
    join team t on t.tenant_id = of_tenant and t.parent_id = l.team_id
  ),
  led_people as (
    select array_agg(distinct m.user_id) as people
    from led l
    join team_member m on m.tenant_id = of_tenant and m.team_id = l.team_id
  ),
  held as (
    select g.id, g.pipeline_id, g.team_id, g.actions, g.cards, g.outcome, g.stages
    from access_grant g
    where g.tenant_id = of_tenant
      and (
        g.user_id = of_user
        or g.team_id in (select b.team_id from belongs b)
        or (g.user_id is null and g.team_id is null)
      )
  ),
  reached (grant_id, team_id, cards) as (
    select h.id, t.team_id, h.cards
    from held h
    cross join lateral (
      select h.team_id
      where h.team_id is not null
      union all
      select b.team_id
      from belongs b
      where h.team_id is null
    ) t
    where h.cards in ('team', 'subteams')
    union
    select r.grant_id, t.id, r.cards
    from reached r
    join team t on t.tenant_id = of_tenant and t.parent_id = r.team_id
    where r.cards = 'subteams'
  ),
  counting as (
    select h.id as grant_id, of_user as user_id
    from held h
    where h.cards = 'own'
    union
    select r.grant_id, m.user_id
    from reached r
    join team_member m on m.tenant_id = of_tenant and m.team_id = r.team_id
  ),
  -- By which grants an action is held in a stage; by none where it comes with leading alone.
  placed as (
    select a.action, s.id as stage_id,
      coalesce(array_agg(a.id order by a.id) filter (where a.id is not null), '{}') as grants
    from (
      select a.action, h.id, h.pipeline_id, h.outcome, h.stages
      from held h
      cross join lateral unnest(h.actions) as a (action)
      union all
      select 'assign', null, h.pipeline_id, h.outcome, h.stages
      from held h
      where 'view' = any (h.actions)
        and (select people from led_people) is not null
    ) a
    join stage s on s.tenant_id = of_tenant
      and s.pipeline_id = a.pipeline_id
      and (a.outcome = 'any' or s.kind = a.outcome)
      and (a.stages is null or s.id = any (a.stages))
    where a.action not in ('create', 'configure')
    group by a.action, s.id
  ),
  -- The same together with the grants that make the cards there visible.
  acting as (
    select p.action, p.grants, p.seeing, array_agg(p.stage_id) as stages
    from (
      select action, stage_id, grants,
        max(grants) filter (where action = 'view') over (partition by stage_id) as seeing
      from placed
    ) p
    where p.seeing is not null
    group by p.action, p.grants, p.seeing
  ),
  -- Whose cards each combination of grants reaches.
  sets as (
    select g.grants, coalesce(bool_or(h.cards = 'all'), false) as everybody,
      coalesce(
        array_agg(distinct c.user_id) filter (where c.user_id is not null), '{}'
      ) as people
    from (
      select grants
      from placed
      union
      select '{}'
    ) g
    left join held h on h.id = any (g.grants)
    left join counting c on c.grant_id = h.id
    group by g.grants
  )
  select a.action, array_agg(distinct a.pipeline_id), '{}'::bigint[], '{}'::bigint[]
  from (
    select a.action, h.pipeline_id
    from held h
    cross join lateral unnest(h.actions) as a (action)
    union all
    select 'assign', h.pipeline_id
    from held h
    where 'view' = any (h.actions)
      and (select people from led_people) is not null
  ) a
  group by a.action
  union all
  select a.action, '{}', a.stages,
    case
      when act.everybody and see.everybody then null
      when act.everybody then see.people
      when see.everybody then whose.people
      else array(
        select unnest(whose.people)
        intersect
        select unnest(see.people)
      )
    end
  from acting a
  join sets act on act.grants = a.grants
  join sets see on see.grants = a.seeing
  cross join lateral (
    select case
      when a.action = 'assign'
      then act.people || coalesce((select l.people from led_people l), '{}')
      else act.people
    end as people
  ) whose
$$;

grant execute on function compiled_rights(bigint, bigint) to voronka_app;
