-- What must happen next: activities, planned and done, outgoing and incoming.

create table activity (
  tenant_id bigint not null,
  id bigint not null,
  card_id bigint not null,
  type text not null,
  subject text,
  direction text not null,
  state text not null,
  due_at timestamptz,
  done_at timestamptz,
  outcome text,
  answered_at timestamptz,
  responsible_id bigint,
  created_by bigint,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint activity_pkey primary key (tenant_id, id),
  constraint activity_card_fkey foreign key (tenant_id, card_id) references card (tenant_id, id)
    on delete cascade,
  constraint activity_responsible_fkey foreign key (tenant_id, responsible_id)
    references user_account (tenant_id, id),
  constraint activity_type check (type in ('call', 'email', 'meeting', 'message', 'task')),
  constraint activity_direction check (direction in ('outgoing', 'incoming')),
  constraint activity_state check (state in ('planned', 'done', 'cancelled')),
  constraint activity_due check (state <> 'planned' or due_at is not null),
  constraint activity_done check ((state = 'done') = (done_at is not null)),
  constraint activity_answered check (answered_at is null or direction = 'incoming')
);

comment on column activity.responsible_id is
  'Who is to do it where that is not whoever is responsible for the card: NULL follows the card.';
comment on column activity.outcome is 'What came of it; of a cancelled one, why.';
comment on column activity.answered_at is
  'When an incoming one was answered: the next outgoing one done on the card.';

-- Whether it is overdue is told by the request's time and stands nowhere.
create index activity_card on activity (tenant_id, card_id, id);
create index activity_planned on activity (tenant_id, card_id, due_at, id) where state = 'planned';
create index activity_responsible on activity (tenant_id, responsible_id, due_at)
  where state = 'planned' and responsible_id is not null;
create index activity_unanswered on activity (tenant_id, card_id)
  where direction = 'incoming' and state = 'done' and answered_at is null;

-- The cards of whom it is asked each morning what they are to do.
create index card_open_responsible on card (tenant_id, responsible_id, id) where outcome = 'open';

-- An activity is seen with its card, and written with the cards that the request writes. A sub-select that
-- gives one value is looked up for each row; an `exists` might be answered by reading all cards there are.
alter table activity enable row level security;
alter table activity force row level security;

create policy activity_read on activity
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from card c
        where c.tenant_id = activity.tenant_id
          and c.id = activity.card_id
      )
    )
  );

create policy activity_insert on activity
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy activity_update on activity
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

grant select, insert on activity to voronka_app;
grant update (card_id, type, subject, state, due_at, done_at, outcome, answered_at, responsible_id, version)
  on activity to voronka_app;

select allow_purge();
