-- Tenancy: plans, tenants, the operator's tokens, and what every write of a tenant needs.
--
-- The rule of every table in this schema: row-level security is enabled and forced, for the owner
-- too; the tenant stands first in every key. A policy reads the context that the server sets for one
-- transaction alone:
--   voronka.tenant_id   the tenant; 0 stands for the installation itself (the operator)
--   voronka.user_id     the user on whose behalf the transaction works
--   voronka.scope       'operator' or 'login': the two doors to the catalogue of tenants
--   voronka.everything  'on' for owners and admins: every right on every pipeline of the tenant
--   voronka.pipelines   the pipelines on which a member holds any right; voronka.configure: the
--                       pipelines a member may configure
--   voronka.view_places, voronka.view_people, voronka.act_places, voronka.act_people,
--   voronka.sets, voronka.create_in, voronka.written
--                       a member's compiled rights; see 0004_access.sql and 0005_cards.sql
--   voronka.led_teams, voronka.led_people, voronka.given
--                       what a team lead may write grants to; see 0004_access.sql
-- A setting that was never made reads as NULL, one made by an earlier transaction as an empty
-- string; either way the policy sees nothing.

create function stale_context() returns text
language plpgsql
as $$
begin
  raise exception 'the rights this transaction was begun with are out of date'
    using errcode = 'VR001';
end
$$;

comment on function stale_context() is
  'Raised by the context statement when the tenant''s version has moved on: the server compiles anew and repeats.';

create function require_one(changed bigint) returns bigint
language plpgsql immutable
as $$
begin
  if changed is distinct from 1 then
    raise exception 'the row was changed by another transaction in the meantime'
      using errcode = 'VR002';
  end if;
  return changed;
end
$$;

comment on function require_one(bigint) is
  'Ends a guarded write: anything but exactly one changed row rolls the whole transaction back.';

create function require_below(used bigint, allowed bigint) returns bigint
language plpgsql immutable
as $$
begin
  if allowed is not null and used > allowed then
    raise exception 'the plan does not allow another one'
      using errcode = 'VR003';
  end if;
  return used;
end
$$;

comment on function require_below(bigint, bigint) is
  'Ends a write that a plan limits: more than allowed rolls the whole transaction back. NULL is no limit.';

-- Plans (tariffs) -------------------------------------------------------------------------------

create table plan (
  code text not null,
  name text not null,
  price numeric(12, 2),
  currency text,
  deal_pipelines integer,
  stages_per_pipeline integer,
  users integer,
  custom_fields integer,
  robots integer,
  requests_per_second integer,
  features text[] not null default '{}',
  state text not null default 'active',
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint plan_pkey primary key (code),
  constraint plan_code_form check (code ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  constraint plan_state check (state in ('active', 'retired')),
  constraint plan_limits_not_negative check (
    least(deal_pipelines, stages_per_pipeline, users, custom_fields, robots, requests_per_second) >= 0
  )
);

comment on column plan.deal_pipelines is 'Limits: NULL is no limit.';

alter table plan enable row level security;
alter table plan force row level security;

create policy plan_read on plan
  for select
  using (true);

create policy plan_insert on plan
  for insert
  with check (current_setting('voronka.scope', true) = 'operator');

create policy plan_update on plan
  for update
  using (current_setting('voronka.scope', true) = 'operator')
  with check (current_setting('voronka.scope', true) = 'operator');

grant select, insert on plan to voronka_app;
grant update (name, price, currency, deal_pipelines, stages_per_pipeline, users, custom_fields,
  robots, requests_per_second, features, state, version) on plan to voronka_app;

-- Tenants ---------------------------------------------------------------------------------------

create table tenant (
  id bigint not null,
  slug text not null,
  name text not null,
  plan_code text not null,
  state text not null default 'active',
  locale text not null,
  currency text not null,
  timezone text not null,
  reopen_days integer not null default 30,
  require_loss_reason boolean not null default true,
  require_loss_comment boolean not null default true,
  require_win_reason boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint tenant_pkey primary key (id),
  constraint tenant_slug_key unique (slug),
  constraint tenant_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  constraint tenant_id_range check (id >= 1),
  constraint tenant_state check (state in ('active', 'suspended', 'deleted')),
  constraint tenant_locale check (locale in ('ru', 'en')),
  constraint tenant_plan_code_fkey foreign key (plan_code) references plan (code)
);

alter table tenant enable row level security;
alter table tenant force row level security;

-- A company sees its own row; the operator and the log-in see the catalogue, which holds no card.
create policy tenant_read on tenant
  for select
  using (
    id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    or current_setting('voronka.scope', true) in ('operator', 'login')
  );

create policy tenant_insert on tenant
  for insert
  with check (current_setting('voronka.scope', true) = 'operator');

create policy tenant_update on tenant
  for update
  using (
    id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    or current_setting('voronka.scope', true) = 'operator'
  )
  with check (
    id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    or current_setting('voronka.scope', true) = 'operator'
  );

grant select, insert on tenant to voronka_app;
grant update (name, plan_code, state, locale, timezone, reopen_days, require_loss_reason,
  require_loss_comment, require_win_reason, version) on tenant to voronka_app;

-- One number a tenant: it moves whenever rights, people, teams, sessions, plan, state or the design
-- of pipelines change. Every transaction proves in its context statement that what the server has
-- cached carries the present number. The table holds numbers alone and has no policy by tenant,
-- because the proof is made before the context exists; it stands in the closed list of the catalog
-- test. Cards never touch it: no card write locks a row that a tenant's writes share.
create table tenant_version (
  tenant_id bigint not null,
  version bigint not null default 1,
  constraint tenant_version_pkey primary key (tenant_id),
  constraint tenant_version_tenant_fkey foreign key (tenant_id) references tenant (id)
) with (fillfactor = 50);

grant select, insert on tenant_version to voronka_app;
grant update (version) on tenant_version to voronka_app;

-- The operator ----------------------------------------------------------------------------------

create table operator_token (
  id bigint not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  constraint operator_token_pkey primary key (id),
  constraint operator_token_secret_hash_key unique (secret_hash)
);

comment on column operator_token.secret_hash is 'SHA-256 of the token; the token itself is never stored.';

alter table operator_token enable row level security;
alter table operator_token force row level security;

create policy operator_token_all on operator_token
  using (current_setting('voronka.scope', true) in ('operator', 'login'))
  with check (current_setting('voronka.scope', true) = 'operator');

grant select, insert, delete on operator_token to voronka_app;

-- Log-in throttle -------------------------------------------------------------------------------

-- Keys are SHA-256 of what is counted (an account, an address, both): nothing here tells who tried.
create table login_throttle (
  key bytea not null,
  failures integer not null,
  last_failure_at timestamptz,
  last_success_at timestamptz,
  constraint login_throttle_pkey primary key (key)
);

alter table login_throttle enable row level security;
alter table login_throttle force row level security;

create policy login_throttle_all on login_throttle
  using (current_setting('voronka.scope', true) = 'login')
  with check (current_setting('voronka.scope', true) = 'login');

grant select, insert, update, delete on login_throttle to voronka_app;

-- Numbers and keys that every kind of object shares ----------------------------------------------

-- Ids are counted per tenant and handed to servers in blocks by short transactions of their own, so
-- that a write of a card locks nothing that other writes need. Gaps are allowed.
create table id_block (
  tenant_id bigint not null,
  kind text not null,
  next_id bigint not null,
  constraint id_block_pkey primary key (tenant_id, kind)
) with (fillfactor = 50);

alter table id_block enable row level security;
alter table id_block force row level security;

create policy id_block_all on id_block
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

grant select, insert on id_block to voronka_app;
grant update (next_id) on id_block to voronka_app;

-- The answer of a request with an idempotency key, written by the same transaction that took
-- effect. Tenant 0 holds the operator's. Kept for 24 hours.
create table idempotency (
  tenant_id bigint not null,
  principal text not null,
  key text not null,
  request_hash bytea not null,
  card_id bigint,
  answer text not null,
  created_at timestamptz not null,
  constraint idempotency_pkey primary key (tenant_id, principal, key),
  constraint idempotency_key_length check (length(key) between 1 and 64)
);

create index idempotency_created_at on idempotency (tenant_id, created_at);

alter table idempotency enable row level security;
alter table idempotency force row level security;

create policy idempotency_all on idempotency
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

grant select, insert, update, delete on idempotency to voronka_app;

create function key_in_use() returns text
language plpgsql
as $$
begin
  raise exception 'the idempotency key has been used'
    using errcode = 'VR004';
end
$$;

comment on function key_in_use() is
  'Raised when a key is stored already: the whole transaction is rolled back and the first answer looked up.';
