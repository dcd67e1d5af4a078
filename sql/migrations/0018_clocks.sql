-- Clocks and the reasoned pause.

-- A time in which a card's clocks stand still: paused by somebody for a reason until a moment, or, without a
-- reason, closed until it was reopened. It is numbered by the card's version that wrote it. A pause that has
-- run out ended at "until"; nothing is written then, so that no job is needed and none can be late.
create table card_pause (
  tenant_id bigint not null,
  card_id bigint not null,
  version bigint not null,
  started_at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  reason text,
  paused_by bigint,
  constraint card_pause_pkey primary key (tenant_id, card_id, version),
  constraint card_pause_card_fkey foreign key (tenant_id, card_id) references card (tenant_id, id)
    on delete cascade,
  constraint card_pause_author_fkey foreign key (tenant_id, paused_by)
    references user_account (tenant_id, id),
  constraint card_pause_until check (until >= started_at),
  constraint card_pause_ended check (ended_at between started_at and until),
  constraint card_pause_reason check (char_length(reason) between 1 and 500),
  constraint card_pause_closed check (reason is not null or ended_at is not null)
);

comment on column card_pause.until is
  'A moment, not a day: a day is made one by the company''s time zone when it is told, and stays that moment '
  'when the company moves.';
comment on column card_pause.ended_at is
  'When it ended before its time, by hand or with the card''s closing.';

-- Seen with the card. A sub-select that gives one value is looked up for each row; an `exists` might be answered by
-- reading all cards there are.
alter table card_pause enable row level security;
alter table card_pause force row level security;

create policy card_pause_read on card_pause
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from card c
        where c.tenant_id = card_pause.tenant_id
          and c.id = card_pause.card_id
      )
    )
  );

create policy card_pause_insert on card_pause
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy card_pause_update on card_pause
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert on card_pause to voronka_app;
grant update (until, ended_at, reason, paused_by) on card_pause to voronka_app;

-- Whenever a card's clocks stood still: beginning and end in microseconds since 1970, the reason, and who paused
-- it. With the caller's rights. Asked for the few cards of a page that have any, which no plan could know of a
-- sub-select; so it is declared to cost little.
create function card_pauses(of_tenant bigint, of_card bigint) returns json
language sql stable cost 10
set search_path = voronka, pg_temp
as $$
  select json_agg(
    json_build_array((extract(epoch from p.started_at) * 1000000)::bigint,
      (extract(epoch from coalesce(p.ended_at, p.until)) * 1000000)::bigint, p.reason, p.paused_by)
    order by p.version)
  from card_pause p
  where p.tenant_id = of_tenant
    and p.card_id = of_card
$$;

revoke execute on function card_pauses(bigint, bigint) from public;
grant execute on function card_pauses(bigint, bigint) to voronka_app;

-- Until when the card's clocks stand or last stood still; null where they never did. It stands on the card so
-- that lists, boards and the day need not look for pauses where there are none.
alter table card add column paused_until timestamptz;

comment on column card.paused_until is
  'The end of its last row of card_pause, written with it: later than now says that the card is paused.';

create index card_paused on card (tenant_id, id) where paused_until is not null;

grant update (paused_until) on card to voronka_app;

-- How long a card of the pipeline may live (S2), by ISO 8601.
alter table pipeline
  add column life_limit text,
  add constraint pipeline_life_limit check (life_limit ~ '^P');

grant update (life_limit) on pipeline to voronka_app;

select allow_purge();
