-- Imports: what was brought in, under which external ids, so that a restart makes no doubles.

create table import (
  tenant_id bigint not null,
  id bigint not null,
  source text not null,
  kinds text[] not null,
  pipeline_id bigint,
  dry_run boolean not null default false,
  draft jsonb,
  state text not null,
  started_by bigint,
  started_at timestamptz not null,
  finished_at timestamptz,
  removed jsonb not null default '{}',
  key_source text not null
    generated always as (case when dry_run then chr(1) || id::text else source end) stored,
  constraint import_pkey primary key (tenant_id, id),
  constraint import_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint import_pipeline_fkey foreign key (tenant_id, pipeline_id)
    references pipeline (tenant_id, id),
  constraint import_state check (state in ('running', 'finished', 'undone'))
);

comment on column import.draft is
  'The stages of a pipeline that a dry run does not make: a list of objects with name and kind.';
comment on column import.key_source is
  'Under which source its external ids stand; a column, since an index is of no use to an expression that is not leakproof.';
comment on column import.removed is
  'How much of each kind has been taken back so far: undoing goes in many small transactions.';

alter table import enable row level security;
alter table import force row level security;

create policy import_all on import
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

-- Deleted are dry runs alone: they keep nothing.
grant select, insert, delete on import to voronka_app;
grant update (state, finished_at, removed, pipeline_id) on import to voronka_app;

-- The keys of a dry run stand under a source of their own, the character U+0001 and the import's
-- number, which no source of a real import can be called; their objects are 0. A contact has no
-- external id: its key is its own number, so that undoing finds it.
--
-- What a row said is kept as a hash, so that one that comes again with other values is told from one
-- that comes again as it was; with the line, so that rows sent again are told from a second row of the
-- same external id.
create table import_key (
  tenant_id bigint not null,
  source text not null,
  kind text not null,
  external_id text not null,
  object_id bigint not null,
  import_id bigint not null,
  line bigint,
  content_hash bytea,
  constraint import_key_pkey primary key (tenant_id, source, kind, external_id),
  constraint import_key_import_fkey foreign key (tenant_id, import_id)
    references import (tenant_id, id),
  constraint import_key_kind check (kind in ('company', 'person', 'product', 'deal', 'contact'))
);

comment on column import_key.line is
  'Which row of the import it was, as the client numbered them; null for contacts.';
comment on column import_key.content_hash is
  'SHA-256 of what the row said, cut to 16 bytes; of a person that of the name and, behind it, that of the e-mail address where there is one; null for contacts.';

alter table import_key enable row level security;
alter table import_key force row level security;

create policy import_key_all on import_key
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on import_key to voronka_app;
