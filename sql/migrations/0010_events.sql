-- The event feed: one row for what became of a card, pipeline, person or setting, written by the change's
-- own transaction, and pushed to those who subscribed and may see it. docs/events.md tells the rest.
--
-- A number from a counter would be given out before its transaction commits, and whoever has read 12 would
-- never see 11; and a row that holds the next number would make every write of a company wait for the one
-- before. So rows are written without a number. Whoever serves subscribers numbers them afterwards, in the
-- order of their transactions, and only those below every transaction that is still going on.

create table event (
  tenant_id bigint not null,
  -- The server process that wrote it, and its place there: the order within a transaction.
  writer bigint not null,
  place bigint not null,
  xid xid8 not null default pg_current_xact_id(),
  -- Its place in the feed; NULL until it has one.
  number bigint,
  at timestamptz not null,
  name text not null,
  noun text not null,
  subject_id bigint,
  version bigint,
  user_id bigint,
  card_id bigint,
  pipeline_id bigint,
  -- Where the card stood and whose it was afterwards; before, where that was another place or person.
  stage_id bigint,
  responsible_id bigint,
  stage_before bigint,
  responsible_before bigint,
  details jsonb
);

comment on table event is
  'Holds numbers and words of the program, never anything that people wrote. It has no foreign keys: it outlives what it tells of, for some days.';
comment on column event.stage_before is
  'NULL where stage and responsible are what they were, and for a new card.';

-- Each row stands in one of the two: those to be numbered in their order, those that are in theirs.
create unique index event_unnumbered on event (tenant_id, xid, place, writer) where number is null;
create unique index event_number on event (tenant_id, number) where number is not null;

alter table event enable row level security;
alter table event force row level security;

-- A card's events are seen by who may view the card as it then was, before or after (compare card_read in
-- 0005_cards.sql); those of a pipeline's design by who knows the pipeline; all others by owners and admins.
create policy event_read on event
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        card_id is null
        and pipeline_id = any ((select nullif(current_setting('voronka.pipelines', true), '')::bigint[])::bigint[])
      )
      or (
        stage_id is not null
        and substring(
          (select current_setting('voronka.view_people', true)::varbit)
          from (coalesce(responsible_id, 0) * (select nullif(current_setting('voronka.sets', true), '')::bigint))::integer
            + substring(
              (select current_setting('voronka.view_places', true)::varbit)
              from (16 * stage_id + 1)::integer
              for 16
            )::integer
            + 1
          for 1
        ) = B'1'
      )
      or (
        stage_before is not null
        and substring(
          (select current_setting('voronka.view_people', true)::varbit)
          from (coalesce(responsible_before, 0) * (select nullif(current_setting('voronka.sets', true), '')::bigint))::integer
            + substring(
              (select current_setting('voronka.view_places', true)::varbit)
              from (16 * stage_before + 1)::integer
              for 16
            )::integer
            + 1
          for 1
        ) = B'1'
      )
    )
  );

create policy event_insert on event
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- Numbering and clearing away are the server's own.
create policy event_update on event
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy event_delete on event
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on event to voronka_app;
grant update (number) on event to voronka_app;

-- How far a company's feed has been numbered, and up to where it has been cleared away. Its row is the
-- lock of whoever numbers; no change of a card comes near it.
create table event_head (
  tenant_id bigint not null,
  number bigint not null default 0,
  cleared bigint not null default 0,
  constraint event_head_pkey primary key (tenant_id),
  constraint event_head_order check (cleared between 0 and number)
);

alter table event_head enable row level security;
alter table event_head force row level security;

create policy event_head_read on event_head
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy event_head_write on event_head
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert on event_head to voronka_app;
grant update (number, cleared) on event_head to voronka_app;

select allow_purge();
