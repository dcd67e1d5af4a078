-- Who becomes responsible: the rules of stages and pipelines, and the ledger of what they chose.

-- Whom a rule may take -----------------------------------------------------------------------------

alter table user_account add column absent_until date;

comment on column user_account.absent_until is
  'The last day on which no rule chooses this person, by the company''s calendar.';

grant update (absent_until) on user_account to voronka_app;

-- Rules --------------------------------------------------------------------------------------------

-- A rule without a way keeps the responsible who is there. The keys are looked at when a transaction ends:
-- a template makes stages, pipelines and teams in one.
alter table pipeline
  add column rule_way text,
  add column rule_user_id bigint,
  add column rule_team_id bigint,
  add constraint pipeline_rule_user_fkey foreign key (tenant_id, rule_user_id)
    references user_account (tenant_id, id) deferrable initially deferred,
  add constraint pipeline_rule_team_fkey foreign key (tenant_id, rule_team_id)
    references team (tenant_id, id) deferrable initially deferred,
  add constraint pipeline_rule check (
    case coalesce(rule_way, 'keep')
      when 'keep' then rule_user_id is null and rule_team_id is null
      when 'user' then rule_user_id is not null and rule_team_id is null
      when 'round_robin' then rule_user_id is null and rule_team_id is not null
      when 'least_loaded' then rule_user_id is null and rule_team_id is not null
      else false
    end
  );

-- A lead that enters a stage which transfers becomes a deal of that pipeline at once (S1).
alter table stage
  add column rule_way text,
  add column rule_user_id bigint,
  add column rule_team_id bigint,
  add column transfers_to bigint,
  add constraint stage_rule_user_fkey foreign key (tenant_id, rule_user_id)
    references user_account (tenant_id, id) deferrable initially deferred,
  add constraint stage_rule_team_fkey foreign key (tenant_id, rule_team_id)
    references team (tenant_id, id) deferrable initially deferred,
  add constraint stage_transfers_to_fkey foreign key (tenant_id, transfers_to)
    references pipeline (tenant_id, id) deferrable initially deferred,
  add constraint stage_rule check (
    case coalesce(rule_way, 'keep')
      when 'keep' then rule_user_id is null and rule_team_id is null
      when 'user' then rule_user_id is not null and rule_team_id is null
      when 'round_robin' then rule_user_id is null and rule_team_id is not null
      when 'least_loaded' then rule_user_id is null and rule_team_id is not null
      else false
    end
  ),
  add constraint stage_transfers check (transfers_to is null or kind <> 'lost');

create index pipeline_rule_user on pipeline (tenant_id, rule_user_id) where rule_user_id is not null;
create index pipeline_rule_team on pipeline (tenant_id, rule_team_id) where rule_team_id is not null;
create index stage_rule_user on stage (tenant_id, rule_user_id) where rule_user_id is not null;
create index stage_rule_team on stage (tenant_id, rule_team_id) where rule_team_id is not null;
create index stage_transfers_to on stage (tenant_id, transfers_to) where transfers_to is not null;

grant update (rule_way, rule_user_id, rule_team_id) on pipeline to voronka_app;
grant update (rule_way, rule_user_id, rule_team_id, transfers_to) on stage to voronka_app;

-- Companies without leads --------------------------------------------------------------------------

alter table tenant add column leads boolean not null default true;

comment on column tenant.leads is 'Whether the company takes new leads; else each request is a deal at once.';

grant update (leads) on tenant to voronka_app;

-- Taking turns -------------------------------------------------------------------------------------

-- Whose turn it is among a team's people in a pipeline: those who got cards, the longest ago first. A turn is
-- taken by the transaction of the card, as the last thing that it does: a card that is refused after all, or
-- decided anew, leaves no turn taken.
create table rotation (
  tenant_id bigint not null,
  pipeline_id bigint not null,
  team_id bigint not null,
  version bigint not null,
  people bigint[] not null,
  constraint rotation_pkey primary key (tenant_id, pipeline_id, team_id),
  constraint rotation_pipeline_fkey foreign key (tenant_id, pipeline_id)
    references pipeline (tenant_id, id) on delete cascade,
  constraint rotation_team_fkey foreign key (tenant_id, team_id)
    references team (tenant_id, id) on delete cascade
) with (fillfactor = 50);

create index rotation_team on rotation (tenant_id, team_id);

alter table rotation enable row level security;
alter table rotation force row level security;

-- Taking turns is the server's own.
create policy rotation_all on rotation
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert on rotation to voronka_app;
grant update (version, people) on rotation to voronka_app;

-- The ledger ---------------------------------------------------------------------------------------

-- Why a card went to whom stands in the row of history that tells of the change: it is written, kept, sealed and
-- goes with it. A table of its own would cost each creation another row, key and policy.
alter table card_history
  add constraint card_history_assignment check (
    details #>> '{assignment,way}' in (
      'named', 'own', 'rule', 'nobody', 'handed_over', 'imported'
    )
  ),
  add constraint card_history_responsible check (
    details #>> '{assignment,responsible}' ~ '^[1-9][0-9]{0,17}$'
  );

select allow_purge();
