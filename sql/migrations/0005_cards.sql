-- Contacts, companies, products, and the cards: leads and deals with their stays, history and notes.

create table contact (
  tenant_id bigint not null,
  id bigint not null,
  name text not null,
  phone text,
  phone_normalised text,
  email text,
  email_normalised text,
  company_id bigint,
  created_by bigint,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint contact_pkey primary key (tenant_id, id),
  constraint contact_tenant_fkey foreign key (tenant_id) references tenant (id)
);

create index contact_phone on contact (tenant_id, phone_normalised) where phone_normalised is not null;
create index contact_email on contact (tenant_id, email_normalised) where email_normalised is not null;

create table company (
  tenant_id bigint not null,
  id bigint not null,
  name text not null,
  fields jsonb not null default '{}',
  created_by bigint,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint company_pkey primary key (tenant_id, id),
  constraint company_tenant_fkey foreign key (tenant_id) references tenant (id)
);

create index company_name on company (tenant_id, lower(name));

alter table contact
  add constraint contact_company_fkey foreign key (tenant_id, company_id)
  references company (tenant_id, id);

create index contact_company on contact (tenant_id, company_id) where company_id is not null;

create table product (
  tenant_id bigint not null,
  id bigint not null,
  name text not null,
  price numeric(18, 2),
  version bigint not null default 1,
  constraint product_pkey primary key (tenant_id, id),
  constraint product_tenant_fkey foreign key (tenant_id) references tenant (id)
);

create unique index product_name_key on product (tenant_id, lower(name));

alter table product enable row level security;
alter table product force row level security;

create policy product_read on product
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- The company's catalogues are its owners' and admins' to change.
create policy product_write on product
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on product to voronka_app;
grant update (name, price, version) on product to voronka_app;

-- Leads and deals are one table, told apart by their pipeline's kind: they share stages, history,
-- notes and rights.
create table card (
  tenant_id bigint not null,
  id bigint not null,
  kind text not null,
  pipeline_id bigint not null,
  stage_id bigint not null,
  outcome text not null,
  title text not null,
  amount numeric(18, 2),
  contact_id bigint,
  company_id bigint,
  responsible_id bigint,
  source text,
  fields jsonb not null default '{}',
  repeat boolean not null default false,
  reason_id bigint,
  comment text,
  based_on bigint,
  converted_from_lead boolean not null default false,
  created_by bigint,
  created_at timestamptz not null,
  stage_entered_at timestamptz not null,
  touched_at timestamptz not null,
  closed_at timestamptz,
  version bigint not null default 1,
  constraint card_pkey primary key (tenant_id, id),
  constraint card_pipeline_fkey foreign key (tenant_id, pipeline_id, kind)
    references pipeline (tenant_id, id, kind),
  -- The stage's kind is the card's outcome: rights are compiled to stages.
  constraint card_stage_fkey foreign key (tenant_id, pipeline_id, stage_id, outcome)
    references stage (tenant_id, pipeline_id, id, kind),
  constraint card_contact_fkey foreign key (tenant_id, contact_id)
    references contact (tenant_id, id),
  constraint card_company_fkey foreign key (tenant_id, company_id)
    references company (tenant_id, id),
  constraint card_responsible_fkey foreign key (tenant_id, responsible_id)
    references user_account (tenant_id, id),
  constraint card_reason_fkey foreign key (tenant_id, reason_id) references reason (tenant_id, id),
  constraint card_kind check (kind in ('lead', 'deal')),
  constraint card_outcome check (outcome in ('open', 'won', 'lost')),
  constraint card_closed check ((outcome = 'open') = (closed_at is null)),
  constraint card_fields_object check (jsonb_typeof(fields) = 'object')
);

comment on column card.based_on is
  'The card this one was made from. Not a foreign key: the number outlives a deleted origin.';

-- One index for each way a list begins; all end in the id, the order of pages.
create index card_pipeline on card (tenant_id, pipeline_id, id);
create index card_stage on card (tenant_id, stage_id, id);
create index card_responsible on card (tenant_id, responsible_id, id);
create index card_contact on card (tenant_id, contact_id) where contact_id is not null;
create index card_company on card (tenant_id, company_id) where company_id is not null;

-- A lead becomes a deal once.
create unique index card_converted_once on card (tenant_id, based_on)
  where converted_from_lead;

alter table card enable row level security;
alter table card force row level security;

-- A member's rights come as two strings of bits: for each stage (16 bits) the number of a set of people,
-- and for each person, nobody being 0, a bit for each of the sets (voronka.sets tells how many). So a card
-- costs two look-ups, however many grants there are; set 0 is empty, and what lies behind the end of a
-- string came later and is not held.
--
-- Reading: what the member may view, and the cards that this very transaction writes (an update
-- must be able to leave behind a row that its author no longer sees: a deal closed by one who sees
-- open deals alone). Which cards may be written is decided by the policies below, not by this one.
create policy card_read on card
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or substring(
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
      or id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy card_insert on card
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or pipeline_id = any ((select nullif(current_setting('voronka.create_in', true), '')::bigint[])::bigint[])
    )
  );

-- Changing: a card on which the member holds the right the method needs, which includes viewing it.
create policy card_update on card
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or substring(
        (select current_setting('voronka.act_people', true)::varbit)
        from (coalesce(responsible_id, 0) * (select nullif(current_setting('voronka.sets', true), '')::bigint))::integer
          + substring(
            (select current_setting('voronka.act_places', true)::varbit)
            from (16 * stage_id + 1)::integer
            for 16
          )::integer
          + 1
        for 1
      ) = B'1'
    )
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy card_delete on card
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or substring(
        (select current_setting('voronka.act_people', true)::varbit)
        from (coalesce(responsible_id, 0) * (select nullif(current_setting('voronka.sets', true), '')::bigint))::integer
          + substring(
            (select current_setting('voronka.act_places', true)::varbit)
            from (16 * stage_id + 1)::integer
            for 16
          )::integer
          + 1
        for 1
      ) = B'1'
    )
  );

grant select, insert, delete on card to voronka_app;
grant update (stage_id, outcome, title, amount, contact_id, company_id, responsible_id, source,
  fields, reason_id, comment, stage_entered_at, touched_at, closed_at, version) on card to voronka_app;

-- A contact or company is seen with the cards one sees, and by whoever entered it; it is changed by
-- whoever entered it or may edit one of its cards, and deleted by whoever entered it.
alter table contact enable row level security;
alter table contact force row level security;

create policy contact_read on contact
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or created_by = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
      or exists (
        select 1
        from card c
        where c.tenant_id = contact.tenant_id
          and c.contact_id = contact.id
      )
    )
  );

create policy contact_insert on contact
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy contact_update on contact
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or created_by = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
      or exists (
        select 1
        from card c
        where c.tenant_id = contact.tenant_id
          and c.contact_id = contact.id
          and substring(
            (select current_setting('voronka.act_people', true)::varbit)
            from (coalesce(c.responsible_id, 0) * (select nullif(current_setting('voronka.sets', true), '')::bigint))::integer
              + substring(
                (select current_setting('voronka.act_places', true)::varbit)
                from (16 * c.stage_id + 1)::integer
                for 16
              )::integer
              + 1
            for 1
          ) = B'1'
      )
    )
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy contact_delete on contact
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or created_by = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
    )
  );

grant select, insert, delete on contact to voronka_app;
grant update (name, phone, phone_normalised, email, email_normalised, company_id, version)
  on contact to voronka_app;

alter table company enable row level security;
alter table company force row level security;

create policy company_read on company
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or created_by = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
      or exists (
        select 1
        from card c
        where c.tenant_id = company.tenant_id
          and c.company_id = company.id
      )
    )
  );

create policy company_insert on company
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy company_update on company
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or created_by = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
      or exists (
        select 1
        from card c
        where c.tenant_id = company.tenant_id
          and c.company_id = company.id
          and substring(
            (select current_setting('voronka.act_people', true)::varbit)
            from (coalesce(c.responsible_id, 0) * (select nullif(current_setting('voronka.sets', true), '')::bigint))::integer
              + substring(
                (select current_setting('voronka.act_places', true)::varbit)
                from (16 * c.stage_id + 1)::integer
                for 16
              )::integer
              + 1
            for 1
          ) = B'1'
      )
    )
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy company_delete on company
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or created_by = (select nullif(current_setting('voronka.user_id', true), '')::bigint)
    )
  );

grant select, insert, delete on company to voronka_app;
grant update (name, fields, version) on company to voronka_app;

-- A stay is the time a card spent in one stage. Analytics and clocks read stays, never "updated at".
-- The number of a stay is the card's version that began it.
create table stay (
  tenant_id bigint not null,
  card_id bigint not null,
  version bigint not null,
  stage_id bigint not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  entered_by bigint,
  constraint stay_pkey primary key (tenant_id, card_id, version),
  constraint stay_card_fkey foreign key (tenant_id, card_id) references card (tenant_id, id)
    on delete cascade
);

comment on column stay.stage_id is
  'Not a foreign key: the time spent in a stage is kept when the stage is deleted.';

-- A card is in one stage at a time.
create unique index stay_one_open on stay (tenant_id, card_id) where left_at is null;
create index stay_stage on stay (tenant_id, stage_id);

alter table stay enable row level security;
alter table stay force row level security;

create policy stay_read on stay
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or exists (
        select 1
        from card c
        where c.tenant_id = stay.tenant_id
          and c.id = stay.card_id
      )
    )
  );

create policy stay_insert on stay
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy stay_update on stay
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

grant select, insert on stay to voronka_app;
grant update (left_at) on stay to voronka_app;

-- One row a change of a card, numbered by the version the change made. Append-only.
create table card_history (
  tenant_id bigint not null,
  card_id bigint not null,
  version bigint not null,
  at timestamptz not null,
  user_id bigint,
  change text not null,
  details jsonb not null default '{}',
  constraint card_history_pkey primary key (tenant_id, card_id, version),
  constraint card_history_card_fkey foreign key (tenant_id, card_id)
    references card (tenant_id, id) on delete cascade,
  constraint card_history_change check (change in (
    'created', 'updated', 'assigned', 'moved', 'won', 'lost', 'invalidated', 'converted', 'reopened',
    'copied',
    'invoiced', 'paid',
    'paused', 'resumed'
  ))
);

alter table card_history enable row level security;
alter table card_history force row level security;

create policy card_history_read on card_history
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or exists (
        select 1
        from card c
        where c.tenant_id = card_history.tenant_id
          and c.id = card_history.card_id
      )
    )
  );

create policy card_history_insert on card_history
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert on card_history to voronka_app;

create table note (
  tenant_id bigint not null,
  id bigint not null,
  card_id bigint not null,
  text text not null,
  created_by bigint,
  created_at timestamptz not null,
  constraint note_pkey primary key (tenant_id, id),
  constraint note_card_fkey foreign key (tenant_id, card_id) references card (tenant_id, id)
    on delete cascade
);

create index note_card on note (tenant_id, card_id, id);

alter table note enable row level security;
alter table note force row level security;

create policy note_read on note
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or exists (
        select 1
        from card c
        where c.tenant_id = note.tenant_id
          and c.id = note.card_id
      )
    )
  );

create policy note_insert on note
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert on note to voronka_app;
