-- The company's last-contact statuses and kinds of activity.

create table contact_status (
  tenant_id bigint not null,
  id bigint not null,
  name text not null,
  meaning text not null default 'other',
  active boolean not null default true,
  version bigint not null default 1,
  constraint contact_status_pkey primary key (tenant_id, id),
  constraint contact_status_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint contact_status_name check (char_length(name) between 1 and 1000),
  constraint contact_status_meaning check (meaning in (
    'missed', 'call_back', 'thinking', 'agreed', 'refused', 'vanished', 'other'
  )),
  constraint contact_status_version check (version >= 1)
);

comment on column contact_status.meaning is
  'What it says whatever it is called: by this the buttons "missed call" and "call back" find theirs.';

create unique index contact_status_name_key on contact_status (tenant_id, lower(name));

alter table contact_status enable row level security;
alter table contact_status force row level security;

create policy contact_status_read on contact_status
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- The company's catalogues are its owners' and admins' to change.
create policy contact_status_write on contact_status
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on contact_status to voronka_app;
grant update (name, meaning, active, version) on contact_status to voronka_app;

-- What a card tells of the last contact with the client, and since when it does.
alter table card add column last_contact_status_id bigint;
alter table card add column last_contact_at timestamptz;
alter table card
  add constraint card_last_contact_fkey foreign key (tenant_id, last_contact_status_id)
    references contact_status (tenant_id, id),
  add constraint card_last_contact
    check ((last_contact_status_id is null) = (last_contact_at is null));

create index card_last_contact on card (tenant_id, last_contact_status_id, id)
  where last_contact_status_id is not null;

grant update (last_contact_status_id, last_contact_at) on card to voronka_app;

alter table tenant add column require_last_contact_on_renewal boolean not null default true;

comment on column tenant.require_last_contact_on_renewal is
  'Whether a deal made on the base of one lost too long ago to reopen it carries a last-contact status.';

grant update (require_last_contact_on_renewal) on tenant to voronka_app;

-- Kinds of activity of the company's own: each is done as one of those that are always there.
create table activity_type (
  tenant_id bigint not null,
  id bigint not null,
  name text not null,
  base text not null,
  active boolean not null default true,
  version bigint not null default 1,
  constraint activity_type_pkey primary key (tenant_id, id),
  constraint activity_type_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint activity_type_base_key unique (tenant_id, id, base),
  constraint activity_type_name check (char_length(name) between 1 and 1000),
  constraint activity_type_base check (base in ('call', 'email', 'meeting', 'message', 'task')),
  constraint activity_type_version check (version >= 1)
);

create unique index activity_type_name_key on activity_type (tenant_id, lower(name));

alter table activity_type enable row level security;
alter table activity_type force row level security;

create policy activity_type_read on activity_type
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- The company's catalogues are its owners' and admins' to change.
create policy activity_type_write on activity_type
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

-- What it is done as stays: what was done of it was done so.
grant select, insert, delete on activity_type to voronka_app;
grant update (name, active, version) on activity_type to voronka_app;

alter table activity add column own_type_id bigint;
-- An activity of the company's own kind is of that kind's base.
alter table activity add constraint activity_own_type_fkey
  foreign key (tenant_id, own_type_id, type) references activity_type (tenant_id, id, base);

create index activity_own_type on activity (tenant_id, own_type_id) where own_type_id is not null;

grant update (own_type_id) on activity to voronka_app;

select allow_purge();
