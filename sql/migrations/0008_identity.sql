-- Identity: invitations, tokens of people and services, and the operator's looks into a company.

-- A secret sent to somebody by which they choose a password, their first or a new one. One at a time a
-- person: another one replaces it. The secret is shown once; only its hash is here.
create table invitation (
  tenant_id bigint not null,
  id bigint not null,
  user_id bigint not null,
  secret_hash bytea not null,
  created_by bigint,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint invitation_pkey primary key (tenant_id, id),
  constraint invitation_user_key unique (tenant_id, user_id),
  constraint invitation_user_fkey foreign key (tenant_id, user_id)
    references user_account (tenant_id, id)
);

alter table invitation enable row level security;
alter table invitation force row level security;

-- Whoever changes their password takes back an invitation to change it.
create policy invitation_all on invitation
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or user_id = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on invitation to voronka_app;

-- A token acts with the rights of its user, cut by a list of methods where there is one. A personal
-- token is one's own; a service token belongs to the company. "ceiling" is the role of whoever made a
-- service token: it never acts as anybody of a higher one, whatever becomes of its user.
create table access_token (
  tenant_id bigint not null,
  id bigint not null,
  user_id bigint not null,
  kind text not null,
  name text not null,
  secret_hash bytea not null,
  methods text[],
  networks text[] not null default '{}',
  assume boolean not null default false,
  ceiling text,
  created_by bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  constraint access_token_pkey primary key (tenant_id, id),
  constraint access_token_user_fkey foreign key (tenant_id, user_id)
    references user_account (tenant_id, id),
  constraint access_token_kind check (kind in ('personal', 'service')),
  constraint access_token_ceiling check (
    ceiling in ('owner', 'admin', 'member')
    and (ceiling is not null) = (kind = 'service')
  ),
  constraint access_token_assume check (kind = 'service' or not assume)
) with (fillfactor = 70);

comment on column access_token.methods is
  'Names of methods, or noun.* for all of a noun; NULL is every method.';
comment on column access_token.networks is
  'Addresses and networks (CIDR) that it is taken from; none is from anywhere.';
comment on column access_token.last_used_at is
  'Written at most once a minute, outside of the transaction of the request.';

create index access_token_by_user on access_token (tenant_id, user_id);

alter table access_token enable row level security;
alter table access_token force row level security;

-- A member reaches their own personal tokens and no others.
create policy access_token_all on access_token
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        kind = 'personal'
        and user_id = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
      )
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        kind = 'personal'
        and user_id = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
      )
    )
  );

grant select, insert, delete on access_token to voronka_app;
grant update (last_used_at) on access_token to voronka_app;

-- The operator's looks into the company as one of its people: who, why, from when to when. Only the
-- operator begins one; the company reads them all, and ends them by switching them off. Never deleted.
create table support_access (
  tenant_id bigint not null,
  id bigint not null,
  user_id bigint not null,
  operator_token_id bigint not null,
  reason text not null,
  address text,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint support_access_pkey primary key (tenant_id, id),
  constraint support_access_user_fkey foreign key (tenant_id, user_id)
    references user_account (tenant_id, id)
);

alter table support_access enable row level security;
alter table support_access force row level security;

create policy support_access_read on support_access
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy support_access_insert on support_access
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and current_setting('voronka.scope', true) = 'operator'
  );

create policy support_access_update on support_access
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert on support_access to voronka_app;
grant update (ended_at) on support_access to voronka_app;

alter table tenant add column support_access boolean not null default true;

comment on column tenant.support_access is
  'Whether the operator may look into the company as one of its people.';

grant update (support_access) on tenant to voronka_app;

select allow_purge();
