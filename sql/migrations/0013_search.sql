-- Search: the words by which cards, contacts and companies are found, and what is still to be indexed.
--
-- Behind row-level security an index serves leakproof operators alone: not `like`, not `@@`, not `@>`. So each
-- word is a row, and the beginning of a word is a range of them in the order of bytes. The words that a thing has
-- now stand with it too: from there they are taken when it changes or goes, and there the further words of a
-- question are looked for.

alter table field add column searchable boolean not null default false;

comment on column field.searchable is 'Whether cards are found by what they hold in it.';

grant update (searchable) on field to voronka_app;

alter table card add column words text[] not null default '{}';
alter table contact add column words text[] not null default '{}';
alter table company add column words text[] not null default '{}';

comment on column card.words is 'Its rows of card_word: made by SalesRules.SearchWords of title and searchable fields.';
comment on column contact.words is 'Its rows of contact_word: of name, phone number and e-mail address.';
comment on column company.words is 'Its rows of company_word: of its name.';

grant update (words) on card to voronka_app;
grant update (words) on contact to voronka_app;
grant update (words) on company to voronka_app;

create table card_word (
  tenant_id bigint not null,
  word text collate "C" not null,
  card_id bigint not null,
  constraint card_word_pkey primary key (tenant_id, word, card_id)
);

create table contact_word (
  tenant_id bigint not null,
  word text collate "C" not null,
  contact_id bigint not null,
  constraint contact_word_pkey primary key (tenant_id, word, contact_id)
);

create table company_word (
  tenant_id bigint not null,
  word text collate "C" not null,
  company_id bigint not null,
  constraint company_word_pkey primary key (tenant_id, word, company_id)
);

comment on table card_word is
  'No foreign key: whoever deletes a card takes its words in the same statement, and a test holds the two together.';

-- A word is seen with what it belongs to. A sub-select that gives one value is looked up for each word; an
-- `exists` might be answered by reading all cards there are.
alter table card_word enable row level security;
alter table card_word force row level security;

create policy card_word_read on card_word
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from card c
        where c.tenant_id = card_word.tenant_id
          and c.id = card_word.card_id
      )
    )
  );

create policy card_word_insert on card_word
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

create policy card_word_delete on card_word
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or card_id = any ((select nullif(current_setting('voronka.written', true), '')::bigint[])::bigint[])
    )
  );

grant select, insert, delete on card_word to voronka_app;

alter table contact_word enable row level security;
alter table contact_word force row level security;

create policy contact_word_read on contact_word
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from contact t
        where t.tenant_id = contact_word.tenant_id
          and t.id = contact_word.contact_id
      )
    )
  );

create policy contact_word_insert on contact_word
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy contact_word_delete on contact_word
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from contact t
        where t.tenant_id = contact_word.tenant_id
          and t.id = contact_word.contact_id
      )
    )
  );

grant select, insert, delete on contact_word to voronka_app;

alter table company_word enable row level security;
alter table company_word force row level security;

create policy company_word_read on company_word
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from company y
        where y.tenant_id = company_word.tenant_id
          and y.id = company_word.company_id
      )
    )
  );

create policy company_word_insert on company_word
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy company_word_delete on company_word
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from company y
        where y.tenant_id = company_word.tenant_id
          and y.id = company_word.company_id
      )
    )
  );

grant select, insert, delete on company_word to voronka_app;

-- What is to be indexed again, in many small transactions: all things of a kind behind a number. A company that
-- came out of a file has a row for each kind, and so has the cards' kind after a change of what is searchable.
create table search_backlog (
  tenant_id bigint not null,
  kind text not null,
  after_id bigint not null default 0,
  constraint search_backlog_pkey primary key (tenant_id, kind),
  constraint search_backlog_kind check (kind in ('card', 'contact', 'company'))
);

-- The companies there are; before row-level security, which would show the owner none.
select set_config('voronka.scope', 'operator', true);

insert into search_backlog (tenant_id, kind)
select t.id, k.kind
from tenant t
cross join (values ('card'), ('contact'), ('company')) as k (kind);

select set_config('voronka.scope', '', true);

alter table search_backlog enable row level security;
alter table search_backlog force row level security;

create policy search_backlog_all on search_backlog
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert, delete on search_backlog to voronka_app;
grant update (after_id) on search_backlog to voronka_app;

select allow_purge();
