-- The design of pipelines: how cards pass from one to another, and what a pipeline was made of when.

-- Which cards were made on the base of this one.
create index card_based_on on card (tenant_id, based_on) where based_on is not null;

-- A stage that goes away gives its cards to another one, with a whole pipeline to one of another pipeline:
-- the only way from pipeline to pipeline, so the application role can't change a card's pipeline by itself.
-- The policies hold within it as without; it works between pipelines for a company's owners and admins alone.
create function give_cards(
  tenant bigint, from_stage bigint, to_pipeline bigint, to_stage bigint, moment timestamptz
) returns bigint
language plpgsql security definer
set search_path = voronka, pg_temp
as $$
declare
  given bigint;
begin
  update card
  set pipeline_id = to_pipeline,
    stage_id = to_stage,
    stage_entered_at = moment,
    version = version + 1
  where tenant_id = tenant
    and stage_id = from_stage
    and (pipeline_id = to_pipeline or current_setting('voronka.everything', true) = 'on');
  get diagnostics given = row_count;
  return given;
end
$$;

revoke execute on function give_cards from public;
grant execute on function give_cards to voronka_app;

-- Imports ---------------------------------------------------------------------------------------

-- What was sold elsewhere was sold by other rules: an import may pass by them, and says so.
alter table import add column skip_gate boolean not null default true;

comment on column import.skip_gate is
  'Whether rows are taken in spite of the rules of selling: what is missing, reasons, comments.';

-- What a pipeline was made of -------------------------------------------------------------------

-- One row each time the stages of a pipeline change, of which the pipeline consisted from then on: reports
-- on the past use the design that was valid then. Numbered by the company's version that the change made.
-- Append-only; the stages are told whole, since a stage that was deleted has no row elsewhere.
create table pipeline_design (
  tenant_id bigint not null,
  pipeline_id bigint not null,
  version bigint not null,
  since timestamptz not null,
  stages jsonb not null,
  constraint pipeline_design_pkey primary key (tenant_id, pipeline_id, version),
  constraint pipeline_design_pipeline_fkey foreign key (tenant_id, pipeline_id)
    references pipeline (tenant_id, id) on delete cascade,
  constraint pipeline_design_stages check (jsonb_typeof(stages) = 'array')
);

comment on column pipeline_design.stages is
  'In their order: objects with id, name, kind, style and key.';

alter table pipeline_design enable row level security;
alter table pipeline_design force row level security;

create policy pipeline_design_read on pipeline_design
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
    )
  );

create policy pipeline_design_insert on pipeline_design
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.configure', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert on pipeline_design to voronka_app;

select allow_purge();
