-- Clients with several numbers and addresses, and what was merged into what.

-- A contact keeps its first number and address where they were; the others stand behind them, as they were
-- written and as they are compared, place by place.
alter table contact add column further_phones text[] not null default '{}';
alter table contact add column further_phones_normalised text[] not null default '{}';
alter table contact add column further_emails text[] not null default '{}';
alter table contact add column further_emails_normalised text[] not null default '{}';
alter table contact add constraint contact_further_phones check (
  cardinality(further_phones) = cardinality(further_phones_normalised)
  and cardinality(further_phones) < 20
  and (phone is not null or cardinality(further_phones) = 0)
);
alter table contact add constraint contact_further_emails check (
  cardinality(further_emails) = cardinality(further_emails_normalised)
  and cardinality(further_emails) < 20
  and (email is not null or cardinality(further_emails) = 0)
);

grant update (further_phones, further_phones_normalised, further_emails, further_emails_normalised)
  on contact to voronka_app;

alter table company add column phones text[] not null default '{}';
alter table company add column emails text[] not null default '{}';
alter table company add constraint company_phones check (cardinality(phones) <= 20);
alter table company add constraint company_emails check (cardinality(emails) <= 20);

grant update (phones, emails) on company to voronka_app;

-- By what a client is known again: each number (`+79161234567`) and address, in small letters, as it is compared; a
-- company by its name too (`=ромашка`). Equality of texts is leakproof, so the key serves behind row-level security.
create table contact_point (
  tenant_id bigint not null,
  value text collate "C" not null,
  contact_id bigint not null,
  constraint contact_point_pkey primary key (tenant_id, value, contact_id),
  constraint contact_point_contact_fkey foreign key (tenant_id, contact_id)
    references contact (tenant_id, id) on delete cascade,
  constraint contact_point_value check (char_length(value) between 1 and 260)
);

create index contact_point_contact on contact_point (tenant_id, contact_id);

create table company_point (
  tenant_id bigint not null,
  value text collate "C" not null,
  company_id bigint not null,
  constraint company_point_pkey primary key (tenant_id, value, company_id),
  constraint company_point_company_fkey foreign key (tenant_id, company_id)
    references company (tenant_id, id) on delete cascade,
  constraint company_point_value check (char_length(value) between 1 and 260)
);

create index company_point_company on company_point (tenant_id, company_id);

-- The clients there are, company by company: row-level security shows the owner one at a time.
do $$
declare
  of_tenant bigint;
begin
  perform set_config('voronka.scope', 'operator', true);
  for of_tenant in select id from tenant loop
    perform set_config('voronka.tenant_id', of_tenant::text, true);
    perform set_config('voronka.everything', 'on', true);
    insert into contact_point (tenant_id, value, contact_id)
    select t.tenant_id, p.value, t.id
    from contact t
    cross join lateral (values (t.phone_normalised), (t.email_normalised)) as p (value)
    where t.tenant_id = of_tenant
      and p.value is not null;
    insert into company_point (tenant_id, value, company_id)
    select y.tenant_id,
      '=' || trim(regexp_replace(lower(y.name), '[^[:alnum:]]+', ' ', 'g')), y.id
    from company y
    where y.tenant_id = of_tenant;
  end loop;
  perform set_config('voronka.scope', '', true);
  perform set_config('voronka.tenant_id', '', true);
  perform set_config('voronka.everything', '', true);
end
$$;

alter table contact_point enable row level security;
alter table contact_point force row level security;

create policy contact_point_read on contact_point
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from contact t
        where t.tenant_id = contact_point.tenant_id
          and t.id = contact_point.contact_id
      )
    )
  );

create policy contact_point_insert on contact_point
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy contact_point_delete on contact_point
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from contact t
        where t.tenant_id = contact_point.tenant_id
          and t.id = contact_point.contact_id
      )
    )
  );

grant select, insert, delete on contact_point to voronka_app;

alter table company_point enable row level security;
alter table company_point force row level security;

create policy company_point_read on company_point
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from company y
        where y.tenant_id = company_point.tenant_id
          and y.id = company_point.company_id
      )
    )
  );

create policy company_point_insert on company_point
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy company_point_delete on company_point
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from company y
        where y.tenant_id = company_point.tenant_id
          and y.id = company_point.company_id
      )
    )
  );

grant select, insert, delete on company_point to voronka_app;

-- Merging ---------------------------------------------------------------------------------------

-- What was merged into what, and where it is now: a client that was kept and is merged itself takes along what was
-- merged into it. The name that went is kept for contact.erase to look for, which takes it out here too.
create table client_merge (
  tenant_id bigint not null,
  noun text not null,
  merged_id bigint not null,
  contact_id bigint,
  company_id bigint,
  name text not null,
  merged_at timestamptz not null,
  merged_by bigint,
  constraint client_merge_pkey primary key (tenant_id, noun, merged_id),
  constraint client_merge_contact_fkey foreign key (tenant_id, contact_id)
    references contact (tenant_id, id) on delete cascade,
  constraint client_merge_company_fkey foreign key (tenant_id, company_id)
    references company (tenant_id, id) on delete cascade,
  constraint client_merge_noun check (
    (noun = 'contact' and contact_id is not null and company_id is null)
    or (noun = 'company' and company_id is not null and contact_id is null)
  )
);

create index client_merge_contact on client_merge (tenant_id, contact_id) where contact_id is not null;
create index client_merge_company on client_merge (tenant_id, company_id) where company_id is not null;

alter table client_merge enable row level security;
alter table client_merge force row level security;

create policy client_merge_read on client_merge
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        select true
        from contact t
        where t.tenant_id = client_merge.tenant_id
          and t.id = client_merge.contact_id
      )
      or (
        select true
        from company y
        where y.tenant_id = client_merge.tenant_id
          and y.id = client_merge.company_id
      )
    )
  );

-- What is merged, and what it is merged into, is seen by whoever merges.
create policy client_merge_insert on client_merge
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (
        noun = 'contact'
        and (select true from contact t where t.tenant_id = client_merge.tenant_id and t.id = client_merge.merged_id)
        and (select true from contact t where t.tenant_id = client_merge.tenant_id and t.id = client_merge.contact_id)
      )
      or (
        noun = 'company'
        and (select true from company y where y.tenant_id = client_merge.tenant_id and y.id = client_merge.merged_id)
        and (select true from company y where y.tenant_id = client_merge.tenant_id and y.id = client_merge.company_id)
      )
    )
  );

create policy client_merge_update on client_merge
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert on client_merge to voronka_app;
grant update (name) on client_merge to voronka_app;

-- Takes away what client_merge says went into `kept`, in the company of the context: whoever may merge may not
-- always delete, and may not see the merged one any more once its cards are gone from it. A card that came
-- meanwhile, or one that the caller does not see, holds it by its foreign key.
create function remove_merged_contacts(kept bigint, ids bigint[]) returns bigint
language plpgsql security definer
set search_path = voronka, pg_temp
as $$
declare
  of_tenant bigint := nullif(current_setting('voronka.tenant_id', true), '')::bigint;
  was text := coalesce(current_setting('voronka.everything', true), '');
  removed bigint;
begin
  perform set_config('voronka.everything', 'on', true);
  if exists (
    select 1
    from unnest(ids) as w (id)
    where not exists (
      select 1
      from client_merge m
      where m.tenant_id = of_tenant
        and m.noun = 'contact'
        and m.merged_id = w.id
        and m.contact_id = kept
    )
  ) then
    raise exception 'only what was merged is taken away' using errcode = 'insufficient_privilege';
  end if;
  update client_merge
  set contact_id = kept
  where tenant_id = of_tenant
    and contact_id = any (ids);
  delete from contact_word w
  using contact t
  cross join lateral unnest(t.words) as o (word)
  where t.tenant_id = of_tenant
    and t.id = any (ids)
    and w.tenant_id = of_tenant
    and w.word = o.word collate "C"
    and w.contact_id = t.id;
  delete from contact
  where tenant_id = of_tenant
    and id = any (ids);
  get diagnostics removed = row_count;
  perform set_config('voronka.everything', was, true);
  return removed;
end
$$;

create function remove_merged_companies(kept bigint, ids bigint[]) returns bigint
language plpgsql security definer
set search_path = voronka, pg_temp
as $$
declare
  of_tenant bigint := nullif(current_setting('voronka.tenant_id', true), '')::bigint;
  was text := coalesce(current_setting('voronka.everything', true), '');
  removed bigint;
begin
  perform set_config('voronka.everything', 'on', true);
  if exists (
    select 1
    from unnest(ids) as w (id)
    where not exists (
      select 1
      from client_merge m
      where m.tenant_id = of_tenant
        and m.noun = 'company'
        and m.merged_id = w.id
        and m.company_id = kept
    )
  ) then
    raise exception 'only what was merged is taken away' using errcode = 'insufficient_privilege';
  end if;
  update client_merge
  set company_id = kept
  where tenant_id = of_tenant
    and company_id = any (ids);
  update contact
  set company_id = kept,
    version = version + 1
  where tenant_id = of_tenant
    and company_id = any (ids);
  delete from company_word w
  using company y
  cross join lateral unnest(y.words) as o (word)
  where y.tenant_id = of_tenant
    and y.id = any (ids)
    and w.tenant_id = of_tenant
    and w.word = o.word collate "C"
    and w.company_id = y.id;
  delete from company
  where tenant_id = of_tenant
    and id = any (ids);
  get diagnostics removed = row_count;
  perform set_config('voronka.everything', was, true);
  return removed;
end
$$;

revoke execute on function remove_merged_contacts(bigint, bigint[]) from public;
revoke execute on function remove_merged_companies(bigint, bigint[]) from public;
grant execute on function remove_merged_contacts(bigint, bigint[]) to voronka_app;
grant execute on function remove_merged_companies(bigint, bigint[]) to voronka_app;

-- What a file may bring ---------------------------------------------------------------------------

-- Whoever writes, the database refuses what no method would write. The bounds of texts are wider than the
-- methods' own: an erasure puts a placeholder where a short name stood.
alter table contact
  add constraint contact_name check (char_length(name) between 1 and 5000),
  add constraint contact_phone check (char_length(phone) <= 200),
  add constraint contact_phone_normalised check (phone_normalised ~ '^\+[0-9]{7,15}$'),
  add constraint contact_email check (char_length(email) <= 254),
  add constraint contact_email_normalised check (
    char_length(email_normalised) <= 254 and email_normalised ~ '^[^@[:space:]]+@[^@[:space:]]+$'
  );
alter table company add constraint company_name check (char_length(name) between 1 and 5000);
alter table product add constraint product_name check (char_length(name) between 1 and 1000);
alter table card
  add constraint card_title check (char_length(title) between 1 and 5000),
  add constraint card_source check (char_length(source) <= 5000),
  add constraint card_comment check (char_length(comment) <= 100000);
alter table note add constraint note_text check (char_length(text) between 1 and 100000);
alter table user_account
  add constraint user_account_name check (char_length(name) between 1 and 1000),
  add constraint user_account_email check (
    char_length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'
  );
alter table team add constraint team_name check (char_length(name) between 1 and 1000);
alter table pipeline add constraint pipeline_name check (char_length(name) between 1 and 1000);
alter table stage
  add constraint stage_name check (char_length(name) between 1 and 1000),
  add constraint stage_hint check (char_length(hint) <= 10000);
alter table reason add constraint reason_name check (char_length(name) between 1 and 1000);
alter table field add constraint field_name check (char_length(name) between 1 and 1000);

alter table contact add constraint contact_version check (version >= 1);
alter table company add constraint company_version check (version >= 1);
alter table product add constraint product_version check (version >= 1);
alter table card add constraint card_version check (version >= 1);
alter table stay add constraint stay_version check (version >= 1);
alter table card_history add constraint card_history_version check (version >= 1);
alter table user_account add constraint user_account_version check (version >= 1);
alter table team add constraint team_version check (version >= 1);
alter table pipeline add constraint pipeline_version check (version >= 1);
alter table stage add constraint stage_version check (version >= 1);
alter table reason add constraint reason_version check (version >= 1);
alter table field add constraint field_version check (version >= 1);
alter table access_grant add constraint access_grant_version check (version >= 1);

-- Users are never deleted, so who wrote something is somebody.
alter table note add constraint note_author_fkey foreign key (tenant_id, created_by)
  references user_account (tenant_id, id);
alter table contact add constraint contact_author_fkey foreign key (tenant_id, created_by)
  references user_account (tenant_id, id);
alter table company add constraint company_author_fkey foreign key (tenant_id, created_by)
  references user_account (tenant_id, id);

-- The same as import_rows of 0007, which tells by the message which line of the file is refused.
create function import_rows(of_relation name, named text[], rows jsonb, first_line bigint) returns bigint
language plpgsql
set search_path = voronka, pg_temp
as $$
declare
  taken bigint;
  broken text;
  state text;
begin
  begin
    return import_rows(of_relation, named, rows);
  exception
    when integrity_constraint_violation or data_exception or insufficient_privilege then
      null;
  end;
  -- One by one up to the one that is refused; what came before it is rolled back with it.
  for taken in 0 .. jsonb_array_length(rows) - 1 loop
    begin
      perform import_rows(of_relation, named, jsonb_build_array(rows -> taken::integer));
    exception
      when integrity_constraint_violation or data_exception or insufficient_privilege then
        get stacked diagnostics broken = constraint_name, state = returned_sqlstate;
        raise exception '%', first_line + taken
          using errcode = state, constraint = coalesce(broken, ''), table = of_relation;
    end;
  end loop;
  return jsonb_array_length(rows);
end
$$;

revoke execute on function import_rows(name, text[], jsonb, bigint) from public;
grant execute on function import_rows(name, text[], jsonb, bigint) to voronka_app;

select allow_purge();
