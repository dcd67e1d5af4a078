-- People: users, their sessions, teams in a tree and who belongs to them.

create table user_account (
  tenant_id bigint not null,
  id bigint not null,
  email text not null,
  name text not null,
  role text not null,
  state text not null default 'active',
  password_hash text,
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint user_account_pkey primary key (tenant_id, id),
  constraint user_account_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint user_account_id_range check (id between 1 and 536870911),
  constraint user_account_role check (role in ('owner', 'admin', 'member')),
  constraint user_account_state check (state in ('active', 'inactive')),
  constraint user_account_email_form check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$')
);

-- E-mail addresses are compared without regard to case.
create unique index user_account_email_key on user_account (tenant_id, lower(email));

alter table user_account enable row level security;
alter table user_account force row level security;

create policy user_account_all on user_account
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

grant select, insert on user_account to voronka_app;
grant update (email, name, role, state, password_hash, version) on user_account to voronka_app;

create table session (
  tenant_id bigint not null,
  id bigint not null,
  user_id bigint not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint session_pkey primary key (tenant_id, id),
  constraint session_user_fkey foreign key (tenant_id, user_id)
    references user_account (tenant_id, id)
);

create index session_by_user on session (tenant_id, user_id);

alter table session enable row level security;
alter table session force row level security;

create policy session_all on session
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

grant select, insert, delete on session to voronka_app;

create table team (
  tenant_id bigint not null,
  id bigint not null,
  name text not null,
  kind text not null,
  parent_id bigint,
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint team_pkey primary key (tenant_id, id),
  constraint team_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint team_parent_fkey foreign key (tenant_id, parent_id) references team (tenant_id, id),
  constraint team_kind check (kind in ('first_line', 'senior', 'other')),
  constraint team_not_own_parent check (parent_id is distinct from id)
);

-- Two teams under the same parent do not carry the same name.
create unique index team_name_key on team (tenant_id, coalesce(parent_id, 0), name);
create index team_parent on team (tenant_id, parent_id);

alter table team enable row level security;
alter table team force row level security;

create policy team_read on team
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy team_insert on team
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy team_update on team
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy team_delete on team
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on team to voronka_app;
grant update (name, kind, parent_id, version) on team to voronka_app;

-- A lead belongs to the team like a member: what is given to the team is given to its leads.
create table team_member (
  tenant_id bigint not null,
  team_id bigint not null,
  user_id bigint not null,
  lead boolean not null default false,
  constraint team_member_pkey primary key (tenant_id, team_id, user_id),
  constraint team_member_team_fkey foreign key (tenant_id, team_id) references team (tenant_id, id),
  constraint team_member_user_fkey foreign key (tenant_id, user_id)
    references user_account (tenant_id, id)
);

create index team_member_user on team_member (tenant_id, user_id, team_id);

alter table team_member enable row level security;
alter table team_member force row level security;

create policy team_member_read on team_member
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy team_member_insert on team_member
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy team_member_update on team_member
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy team_member_delete on team_member
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on team_member to voronka_app;
grant update (lead) on team_member to voronka_app;
