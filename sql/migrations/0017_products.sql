-- A deal's products, invoices and payments, and how the company arranges its fields.

-- Lines -----------------------------------------------------------------------------------------

-- What is sold with a deal, in the order in which it was told. The whole list is replaced at once, with the
-- deal's version as its guard, and the deal's amount is the sum of its lines.
create table deal_line (
  tenant_id bigint not null,
  card_id bigint not null,
  position integer not null,
  product_id bigint not null,
  name text not null,
  quantity numeric(12, 3) not null,
  price numeric(18, 2) not null,
  discount numeric(5, 2) not null,
  amount numeric(18, 2) not null,
  constraint deal_line_pkey primary key (tenant_id, card_id, position),
  constraint deal_line_card_fkey foreign key (tenant_id, card_id) references card (tenant_id, id)
    on delete cascade,
  constraint deal_line_quantity check (quantity > 0),
  constraint deal_line_price check (price >= 0),
  constraint deal_line_discount check (discount between 0 and 100),
  constraint deal_line_amount check (amount = round(price * quantity * (100 - discount) * 0.01, 2))
);

comment on column deal_line.product_id is
  'Not a foreign key: name and price are the product''s as they were, and stay when it goes.';
comment on column deal_line.discount is 'In percent of the price.';

-- Seen with the deal. A sub-select that gives one value is looked up for each row; an `exists` might be answered by
-- reading all cards there are.
alter table deal_line enable row level security;
alter table deal_line force row level security;

create policy deal_line_read on deal_line
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from card c
        where c.tenant_id = deal_line.tenant_id
          and c.id = deal_line.card_id
      )
    )
  );

create policy deal_line_insert on deal_line
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy deal_line_delete on deal_line
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert, delete on deal_line to voronka_app;

-- Invoices --------------------------------------------------------------------------------------

-- An invoice of a deal. Every change of it moves the deal's version too: so of several at once each knows
-- what the others did, and no deal is won on what has just been taken back.
create table invoice (
  tenant_id bigint not null,
  id bigint not null,
  card_id bigint not null,
  number text not null,
  amount numeric(18, 2) not null,
  paid numeric(18, 2) not null default 0,
  state text not null default 'open',
  due_at date not null,
  created_by bigint,
  created_at timestamptz not null,
  paid_at timestamptz,
  version bigint not null default 1,
  constraint invoice_pkey primary key (tenant_id, id),
  constraint invoice_card_key unique (tenant_id, card_id, id),
  constraint invoice_card_fkey foreign key (tenant_id, card_id) references card (tenant_id, id)
    on delete cascade,
  constraint invoice_state check (state in ('open', 'paid', 'cancelled')),
  constraint invoice_amount check (amount > 0),
  constraint invoice_paid check (
    case state
      when 'open' then paid >= 0 and paid < amount
      when 'paid' then paid = amount
      else paid = 0
    end
  ),
  constraint invoice_paid_at check ((state = 'paid') = (paid_at is not null))
);

comment on column invoice.due_at is 'The last day for paying, in the company''s time zone.';
comment on column invoice.paid is 'The sum of its payments: never more than its amount.';

create unique index invoice_number_key on invoice (tenant_id, lower(number));
create index invoice_due on invoice (tenant_id, due_at, id);

alter table invoice enable row level security;
alter table invoice force row level security;

create policy invoice_read on invoice
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from card c
        where c.tenant_id = invoice.tenant_id
          and c.id = invoice.card_id
      )
    )
  );

create policy invoice_insert on invoice
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy invoice_update on invoice
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

grant select, insert on invoice to voronka_app;
grant update (number, amount, paid, state, due_at, paid_at, version) on invoice to voronka_app;

-- What came in on an invoice, numbered by the invoice's version that it made. Append-only.
create table payment (
  tenant_id bigint not null,
  card_id bigint not null,
  invoice_id bigint not null,
  version bigint not null,
  amount numeric(18, 2) not null,
  paid_at timestamptz not null,
  created_by bigint,
  created_at timestamptz not null,
  constraint payment_pkey primary key (tenant_id, card_id, invoice_id, version),
  constraint payment_invoice_fkey foreign key (tenant_id, card_id, invoice_id)
    references invoice (tenant_id, card_id, id) on delete cascade,
  constraint payment_amount check (amount > 0)
);

alter table payment enable row level security;
alter table payment force row level security;

create policy payment_read on payment
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from card c
        where c.tenant_id = payment.tenant_id
          and c.id = payment.card_id
      )
    )
  );

create policy payment_insert on payment
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert on payment to voronka_app;

-- Winning ---------------------------------------------------------------------------------------

alter table tenant add column paid_invoice_to_win boolean not null default false;

comment on column tenant.paid_invoice_to_win is 'Whether a deal is won only with a paid invoice.';

grant update (paid_invoice_to_win) on tenant to voronka_app;

-- Fields ----------------------------------------------------------------------------------------

alter table field
  add column field_group text,
  add column pipelines bigint[];

comment on column field.field_group is 'Under which heading people find it.';
comment on column field.pipelines is
  'The pipelines whose cards are given values; null is all. No foreign key: numbers of deleted ones may stay, '
  'they are never given anew. Values that cards hold already stay whatever stands here.';

grant update (field_group, pipelines) on field to voronka_app;

select allow_purge();
