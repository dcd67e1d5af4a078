-- Pipelines, their stages, the company's lists of reasons, and its own fields.

create table pipeline (
  tenant_id bigint not null,
  id bigint not null,
  kind text not null,
  name text not null,
  position integer not null,
  archived boolean not null default false,
  frozen boolean not null default false,
  no_back text not null default 'off',
  no_skip text not null default 'off',
  cross_only_by_win text not null default 'off',
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint pipeline_pkey primary key (tenant_id, id),
  -- The card names the kind of its pipeline: a lead cannot stand in a deal pipeline.
  constraint pipeline_kind_key unique (tenant_id, id, kind),
  constraint pipeline_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint pipeline_id_range check (id between 1 and 4294967295),
  constraint pipeline_kind check (kind in ('lead', 'deal')),
  constraint pipeline_no_back check (no_back in ('off', 'warn', 'enforce')),
  constraint pipeline_no_skip check (no_skip in ('off', 'warn', 'enforce')),
  constraint pipeline_cross_only_by_win check (cross_only_by_win in ('off', 'warn', 'enforce'))
);

-- Leads have exactly one pipeline in every plan (S0).
create unique index pipeline_one_lead on pipeline (tenant_id) where kind = 'lead';
create unique index pipeline_name_key on pipeline (tenant_id, lower(name));

alter table pipeline enable row level security;
alter table pipeline force row level security;

-- A pipeline on which a member holds no right does not exist for that member.
create policy pipeline_read on pipeline
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
    )
  );

create policy pipeline_insert on pipeline
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy pipeline_update on pipeline
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  );

create policy pipeline_delete on pipeline
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on pipeline to voronka_app;
grant update (name, position, archived, frozen, no_back, no_skip, cross_only_by_win, version)
  on pipeline to voronka_app;

create table stage (
  tenant_id bigint not null,
  id bigint not null,
  pipeline_id bigint not null,
  name text not null,
  kind text not null,
  position integer not null,
  style text not null default 'process',
  key boolean not null default false,
  hint text,
  required text[] not null default '{}',
  dwell_limit text,
  reopens_here boolean not null default false,
  version bigint not null default 1,
  constraint stage_pkey primary key (tenant_id, id),
  -- The card's stage belongs to the card's pipeline, and its kind is the card's outcome.
  constraint stage_pipeline_key unique (tenant_id, pipeline_id, id, kind),
  constraint stage_pipeline_fkey foreign key (tenant_id, pipeline_id)
    references pipeline (tenant_id, id),
  constraint stage_kind check (kind in ('open', 'won', 'lost')),
  constraint stage_style check (style in ('process', 'conversion')),
  constraint stage_position_key unique (tenant_id, pipeline_id, position) deferrable initially deferred,
  constraint stage_name_key unique (tenant_id, pipeline_id, name) deferrable initially deferred
);

comment on column stage.dwell_limit is 'An ISO 8601 duration such as P14D.';

-- One won stage a pipeline; several lost stages are allowed.
create unique index stage_one_won on stage (tenant_id, pipeline_id) where kind = 'won';

alter table stage enable row level security;
alter table stage force row level security;

create policy stage_read on stage
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
    )
  );

create policy stage_write on stage
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  );

create policy stage_update on stage
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  );

create policy stage_delete on stage
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert, delete on stage to voronka_app;
grant update (name, kind, position, style, key, hint, required, dwell_limit, reopens_here, version)
  on stage to voronka_app;

create table reason (
  tenant_id bigint not null,
  id bigint not null,
  kind text not null,
  name text not null,
  active boolean not null default true,
  version bigint not null default 1,
  constraint reason_pkey primary key (tenant_id, id),
  constraint reason_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint reason_kind check (kind in ('loss', 'win', 'invalid'))
);

create unique index reason_name_key on reason (tenant_id, kind, lower(name));

alter table reason enable row level security;
alter table reason force row level security;

create policy reason_read on reason
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- The company's catalogues are its owners' and admins' to change.
create policy reason_write on reason
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on reason to voronka_app;
grant update (name, active, version) on reason to voronka_app;

create table field (
  tenant_id bigint not null,
  id bigint not null,
  card_kind text not null,
  key text not null,
  name text not null,
  type text not null,
  choices text[] not null default '{}',
  position integer not null default 0,
  version bigint not null default 1,
  constraint field_pkey primary key (tenant_id, id),
  constraint field_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint field_key_key unique (tenant_id, card_kind, key),
  constraint field_card_kind check (card_kind in ('lead', 'deal')),
  constraint field_key_form check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint field_type check (type in (
    'text', 'number', 'money', 'date', 'datetime', 'choice', 'multi_choice', 'boolean', 'phone',
    'email', 'link', 'user'
  ))
);

alter table field enable row level security;
alter table field force row level security;

create policy field_read on field
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- The company's catalogues are its owners' and admins' to change.
create policy field_write on field
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on field to voronka_app;
grant update (name, choices, position, version) on field to voronka_app;
