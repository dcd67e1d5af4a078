-- Imports: what was brought in, under which external ids, so that a restart makes no doubles.

create table import (
  tenant_id bigint not null,
  id bigint not null,
  source text not null,
  pipeline_id bigint,
  state text not null,
  started_by bigint,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint import_pkey primary key (tenant_id, id),
  constraint import_tenant_fkey foreign key (tenant_id) references tenant (id),
  constraint import_pipeline_fkey foreign key (tenant_id, pipeline_id)
    references pipeline (tenant_id, id),
  constraint import_state check (state in ('running', 'finished', 'undone'))
);

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

grant select, insert on import to voronka_app;
grant update (state, finished_at, pipeline_id) on import to voronka_app;

create table import_key (
  tenant_id bigint not null,
  source text not null,
  kind text not null,
  external_id text not null,
  object_id bigint not null,
  import_id bigint not null,
  constraint import_key_pkey primary key (tenant_id, source, kind, external_id),
  constraint import_key_import_fkey foreign key (tenant_id, import_id)
    references import (tenant_id, id),
  constraint import_key_kind check (kind in ('company', 'person', 'product', 'deal'))
);

create index import_key_object on import_key (tenant_id, kind, object_id);

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
