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
  constraint access_grant_outcome check (outcome in ('any', 'open', 'won', 'lost'))
);

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

create policy access_grant_insert on access_grant
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy access_grant_update on access_grant
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy access_grant_delete on access_grant
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on access_grant to voronka_app;
grant update (actions, cards, outcome, version, granted_by) on access_grant to voronka_app;

-- A card's place in the rights is one number: its pipeline and its outcome.
create function pipeline_outcome(pipeline_id bigint, outcome text) returns bigint
language sql immutable strict parallel safe
as $$
  select pipeline_id * 4 + case outcome when 'open' then 0 when 'won' then 1 else 2 end
$$;

-- The same with the responsible person in front; NULL where nobody is responsible.
create function responsible_pipeline_outcome(responsible_id bigint, pipeline_id bigint, outcome text)
returns bigint
language sql immutable strict parallel safe
as $$
  select responsible_id * 17179869184
    + pipeline_id * 4 + case outcome when 'open' then 0 when 'won' then 1 else 2 end
$$;

-- What a user may do, compiled from every grant that reaches the user: the one definition of the
-- rule. For each action: "all_cards", numbers of pipeline_outcome, whoever is responsible;
-- "some_cards", numbers of responsible_pipeline_outcome, for the people whose cards count.
-- Grants add up. The team of a grant to a team is that team; of a grant to a user or everyone, every
-- team the user belongs to or leads. Owners and admins need no grant and are not asked here.
create function compiled_rights(of_tenant bigint, of_user bigint)
returns table (action text, all_cards bigint[], some_cards bigint[], pipelines bigint[])
language sql stable
as $$
  with recursive
  belongs as (
    select m.team_id
    from team_member m
    where m.tenant_id = of_tenant
      and m.user_id = of_user
  ),
  held as (
    select g.id, g.pipeline_id, g.team_id, g.actions, g.cards,
      case g.outcome
        when 'any' then array['open', 'won', 'lost']
        else array[g.outcome]
      end as outcomes
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
  people as (
    select h.id as grant_id, of_user as user_id
    from held h
    where h.cards = 'own'
    union
    select r.grant_id, m.user_id
    from reached r
    join team_member m on m.tenant_id = of_tenant and m.team_id = r.team_id
  )
  select
    a.action,
    coalesce(
      array_agg(distinct pipeline_outcome(h.pipeline_id, o.outcome)) filter (where h.cards = 'all'),
      '{}'
    ),
    coalesce(
      array_agg(distinct responsible_pipeline_outcome(p.user_id, h.pipeline_id, o.outcome))
        filter (where p.user_id is not null),
      '{}'
    ),
    array_agg(distinct h.pipeline_id)
  from held h
  cross join lateral unnest(h.actions) as a (action)
  cross join lateral unnest(h.outcomes) as o (outcome)
  left join people p on p.grant_id = h.id
  group by a.action
$$;

grant execute on function compiled_rights(bigint, bigint) to voronka_app;
