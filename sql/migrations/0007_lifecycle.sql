-- The life of a company: what its plan switches on, in which order its pipelines freeze, how it ends,
-- and how it moves to another installation.

-- Plans -----------------------------------------------------------------------------------------

-- A plan that names no features has all of them: so did every plan before there was a list.
alter table plan alter column features drop default;
alter table plan alter column features drop not null;

comment on column plan.features is 'What the plan switches on; NULL is everything.';

select set_config('voronka.scope', 'operator', true);

update plan
set features = null
where features = '{}';

select set_config('voronka.scope', '', true);

-- Pipelines over the plan's limit ---------------------------------------------------------------

alter table pipeline add column freeze_rank integer;

comment on column pipeline.freeze_rank is
  'Whose rank is lower freezes first, 1 before all; those without one freeze after them, the last in the list first.';

grant update (freeze_rank) on pipeline to voronka_app;

-- Deletion --------------------------------------------------------------------------------------

-- purging: its days of grace are over and its rows are going. importing: its rows are coming.
alter table tenant drop constraint tenant_state;
alter table tenant add constraint tenant_state
  check (state in ('active', 'suspended', 'deleted', 'purging', 'importing'));
alter table tenant add column state_before text;
alter table tenant add column purge_at timestamptz;
alter table tenant add column exported_at timestamptz;
alter table tenant add constraint tenant_purge
  check ((state in ('deleted', 'purging', 'importing')) = (purge_at is not null));

comment on column tenant.state_before is 'The state to which tenant.restore brings it back.';
comment on column tenant.purge_at is
  'From when on its rows may go: the end of its grace, or of the patience with a cut-off import.';
comment on column tenant.exported_at is 'When the operator last wrote it into a file.';

grant update (state_before, purge_at, exported_at) on tenant to voronka_app;

-- What the purge takes: every table that carries a tenant, those that refer to others before them.
create function purge_order() returns table (relation name, refers_to_itself boolean)
language sql stable
set search_path = voronka, pg_temp
as $$
  with recursive
  relations as (
    select c.oid, c.relname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'voronka'::regnamespace
      and c.relkind in ('r', 'p')
  ),
  refers as (
    select distinct k.conrelid, k.confrelid
    from pg_constraint k
    where k.contype = 'f'
      and k.conrelid <> k.confrelid
  ),
  ranked (oid, depth) as (
    select r.oid, 0
    from relations r
    union
    select f.conrelid, k.depth + 1
    from ranked k
    join refers f on f.confrelid = k.oid
    where k.depth < 30
  )
  select r.relname,
    exists (
      select 1
      from pg_constraint k
      where k.contype = 'f'
        and k.conrelid = r.oid
        and k.confrelid = r.oid
    )
  from relations r
  join ranked k on k.oid = r.oid
  group by r.oid, r.relname
  order by max(k.depth) desc, r.relname
$$;

revoke execute on function purge_order() from public;
grant execute on function purge_order() to voronka_app;

comment on function purge_order() is
  'The tables of companies, whoever refers before whoever is referred to; backwards it is the order of an import.';

-- Forced row-level security binds the owner too, and many tables give nobody the right to delete. So the
-- owner alone is given it, within the one company of the context, for the purge below.
create function allow_purge() returns void
language plpgsql
set search_path = voronka, pg_temp
as $$
declare
  bare name;
begin
  for bare in
    select o.relation
    from purge_order() o
    join pg_class c on c.relname = o.relation and c.relnamespace = 'voronka'::regnamespace
    where c.relrowsecurity
      and not exists (
        select 1
        from pg_policy p
        where p.polrelid = c.oid
          and p.polcmd = 'd'
          and p.polroles = array['voronka_owner'::regrole::oid]
      )
  loop
    execute format(
      'create policy %I on %I for delete to voronka_owner
        using (tenant_id = nullif(current_setting(''voronka.tenant_id'', true), '''')::bigint)',
      bare || '_purge', bare);
  end loop;
end
$$;

revoke execute on function allow_purge() from public;

comment on function allow_purge() is
  'A migration that makes a table of companies ends with it: the purge may then take that table''s rows.';

create policy tenant_purge on tenant
  for delete to voronka_owner
  using (
    id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and current_setting('voronka.scope', true) = 'operator'
  );

-- Takes at most so many rows of a company whose grace is over and tells how many it took; the company
-- itself goes last. NULL where there is nothing to purge (any more). Each call is whole by itself: it may
-- be broken off and called again, also by another server.
create function purge_tenant(of_tenant bigint, at timestamptz, most bigint) returns bigint
language plpgsql security definer
set search_path = voronka, pg_temp
as $$
declare
  step record;
  removed bigint := 0;
  taken bigint;
begin
  if current_setting('voronka.scope', true) is distinct from 'operator' then
    raise exception 'only the installation itself purges' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('voronka.tenant_id', of_tenant::text, true);
  perform set_config('voronka.everything', 'on', true);
  update tenant
  set state = 'purging',
    version = version + 1
  where id = of_tenant
    and state in ('deleted', 'importing')
    and purge_at <= at;
  -- One at a time.
  perform 1
  from tenant
  where id = of_tenant
    and state = 'purging'
  for update;
  if not found then
    return null;
  end if;
  for step in select o.relation, o.refers_to_itself from purge_order() o loop
    if step.refers_to_itself then
      execute format('delete from %I where tenant_id = $1', step.relation) using of_tenant;
    else
      execute format(
        'delete from %1$I
        where tenant_id = $1
          and ctid = any (array(select ctid from %1$I where tenant_id = $1 limit $2))',
        step.relation)
      using of_tenant, most - removed;
    end if;
    get diagnostics taken = row_count;
    removed := removed + taken;
    if removed >= most then
      return removed;
    end if;
  end loop;
  delete from tenant
  where id = of_tenant;
  return removed + 1;
end
$$;

revoke execute on function purge_tenant(bigint, timestamptz, bigint) from public;
grant execute on function purge_tenant(bigint, timestamptz, bigint) to voronka_app;

-- Export and import of a whole company ------------------------------------------------------------

-- What a file holds of each table: every column but the tenant's number, what is computed, and secrets.
-- Whoever adds a table whose rows or columns must not leave the installation names them here.
create function export_columns() returns table (relation name, columns name[])
language sql stable
set search_path = voronka, pg_temp
as $$
  select c.relname, array_agg(a.attname order by a.attnum)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'voronka'::regnamespace
    and c.relkind in ('r', 'p')
    and (
      c.relname = 'tenant'
      or exists (
        select 1
        from pg_attribute t
        where t.attrelid = c.oid
          and t.attname = 'tenant_id'
          and not t.attisdropped
      )
    )
    -- Ways in; answers that were kept for a day; what an installation counts for itself; the audit, which
    -- only the installation that wrote it can prove; and the feed, which begins anew.
    and c.relname not in (
      'session', 'invitation', 'access_token', 'support_access', 'idempotency', 'tenant_version',
      'tenant_import', 'audit', 'audit_seal', 'event', 'event_head',
      -- Made anew where the company arrives.
      'card_word', 'contact_word', 'company_word', 'search_backlog'
    )
    and a.attname <> 'tenant_id'
    and a.attgenerated = ''
    and (c.relname, a.attname) not in (
      ('user_account', 'password_hash'),
      ('card', 'words'), ('contact', 'words'), ('company', 'words'), ('card', 'has_lines'),
      ('card', 'next_activity_id'), ('card', 'next_activity_type'), ('card', 'next_activity_due_at'),
      -- Given anew where the company arrives.
      ('tenant', 'id'), ('tenant', 'slug'), ('tenant', 'plan_code'), ('tenant', 'state'),
      ('tenant', 'state_before'), ('tenant', 'purge_at'), ('tenant', 'exported_at'),
      ('tenant', 'version')
    )
  group by c.relname
$$;

revoke execute on function export_columns() from public;
grant execute on function export_columns() to voronka_app;

-- A page of one table of the company of the context, in the order of its key, as JSON: the key of each row
-- and its columns. It runs with the caller's rights. Teams come parents first.
create function export_page(of_relation name, after jsonb, most bigint)
returns table (key text, line text)
language plpgsql stable
set search_path = voronka, pg_temp
as $$
declare
  wanted name[];
  keys text;
  keys_of_row text;
  own record;
begin
  select e.columns into wanted
  from export_columns() e
  where e.relation = of_relation
    and e.relation <> 'tenant';
  if wanted is null then
    raise exception 'the table % is not exported', of_relation using errcode = 'invalid_parameter_value';
  end if;
  select a.attname as child, b.attname as parent into own
  from pg_constraint k
  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
  join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[2]
  where k.contype = 'f'
    and k.conrelid = format('%I', of_relation)::regclass
    and k.confrelid = k.conrelid
  limit 1;
  if own is not null then
    return query execute format(
      'with recursive tree as (
        select t.%1$I, 0 as depth
        from %2$I t
        where t.tenant_id = nullif(current_setting(''voronka.tenant_id'', true), '''')::bigint
          and t.%3$I is null
        union all
        select t.%1$I, p.depth + 1
        from tree p
        join %2$I t on t.%3$I = p.%1$I
        where t.tenant_id = nullif(current_setting(''voronka.tenant_id'', true), '''')::bigint
      ),
      placed as (
        select p.%1$I, row_number() over (order by p.depth, p.%1$I) as place
        from tree p
      )
      select to_json(p.place)::text, row_to_json(x)::text
      from placed p
      join %2$I t on t.tenant_id = nullif(current_setting(''voronka.tenant_id'', true), '''')::bigint
        and t.%1$I = p.%1$I
      cross join lateral (select %4$s) x
      where p.place > coalesce($1::text::bigint, 0)
      order by p.place
      limit $2',
      own.parent, of_relation, own.child,
      (select string_agg(format('t.%I', c), ', ' order by n) from unnest(wanted) with ordinality w (c, n)))
    using after, most;
    return;
  end if;
  select string_agg(format('t.%I', a.attname), ', ' order by k.n),
    string_agg(format('r.%I', a.attname), ', ' order by k.n)
  into keys, keys_of_row
  from pg_constraint c
  cross join lateral unnest(c.conkey) with ordinality as k (attnum, n)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
  where c.contype = 'p'
    and c.conrelid = format('%I', of_relation)::regclass
    and a.attname <> 'tenant_id';
  return query execute format(
    'select row_to_json(k)::text, row_to_json(x)::text
    from %1$I t
    cross join lateral (select %2$s) k
    cross join lateral (select %3$s) x
    where t.tenant_id = nullif(current_setting(''voronka.tenant_id'', true), '''')::bigint
      and ($1 is null or (%2$s) > (select %4$s from jsonb_populate_record(null::%1$I, $1) r))
    order by %2$s
    limit $2',
    of_relation, keys,
    (select string_agg(format('t.%I', c), ', ' order by n) from unnest(wanted) with ordinality w (c, n)),
    keys_of_row)
  using after, most;
end
$$;

revoke execute on function export_page(name, jsonb, bigint) from public;
grant execute on function export_page(name, jsonb, bigint) to voronka_app;

-- The columns that a file names, quoted, after a prefix; what is not exported can't be imported either.
create function importable(of_relation name, named text[], prefix text) returns text
language plpgsql stable
set search_path = voronka, pg_temp
as $$
declare
  allowed name[];
begin
  select e.columns into allowed
  from export_columns() e
  where e.relation = of_relation;
  if allowed is null or not named <@ allowed::text[] or cardinality(named) = 0 then
    raise exception 'the table % or one of its columns is not imported', of_relation
      using errcode = 'invalid_parameter_value';
  end if;
  return (select string_agg(prefix || format('%I', c), ', ' order by n)
    from unnest(named) with ordinality w (c, n));
end
$$;

revoke execute on function importable(name, text[], text) from public;
grant execute on function importable(name, text[], text) to voronka_app;

-- Puts rows into one table of the company of the context, with the caller's rights, and counts them.
create function import_rows(of_relation name, named text[], rows jsonb) returns bigint
language plpgsql
set search_path = voronka, pg_temp
as $$
declare
  taken bigint;
begin
  if of_relation = 'tenant' then
    raise exception 'a company is not a row of its own' using errcode = 'invalid_parameter_value';
  end if;
  execute format(
    'insert into %1$I (tenant_id, %2$s)
    select nullif(current_setting(''voronka.tenant_id'', true), '''')::bigint, %3$s
    from jsonb_populate_recordset(null::%1$I, $1) r',
    of_relation, importable(of_relation, named, ''), importable(of_relation, named, 'r.'))
  using rows;
  get diagnostics taken = row_count;
  return taken;
end
$$;

revoke execute on function import_rows(name, text[], jsonb) from public;
grant execute on function import_rows(name, text[], jsonb) to voronka_app;

-- Begins a company of a file: its settings as they were, under a number, slug and plan of this
-- installation. It exists for nobody until the import is finished.
create function import_tenant(
  of_tenant bigint, new_slug text, new_plan text, patience_ends timestamptz, named text[], settings jsonb
) returns void
language plpgsql
set search_path = voronka, pg_temp
as $$
begin
  execute format(
    'insert into tenant (id, slug, plan_code, state, purge_at, %1$s)
    select $1, $2, $3, ''importing'', $4, %2$s
    from jsonb_populate_record(null::tenant, $5) r',
    importable('tenant', named, ''), importable('tenant', named, 'r.'))
  using of_tenant, new_slug, new_plan, patience_ends, settings;
end
$$;

revoke execute on function import_tenant(bigint, text, text, timestamptz, text[], jsonb) from public;
grant execute on function import_tenant(bigint, text, text, timestamptz, text[], jsonb) to voronka_app;

-- How far the import of a company has come; gone when it is finished.
create table tenant_import (
  tenant_id bigint not null,
  columns jsonb not null,
  lines bigint not null,
  digest bytea not null,
  counts jsonb not null default '{}',
  begun_at timestamptz not null,
  constraint tenant_import_pkey primary key (tenant_id),
  constraint tenant_import_tenant_fkey foreign key (tenant_id) references tenant (id)
);

comment on column tenant_import.columns is 'The columns of each table, as the file''s first line names them.';
comment on column tenant_import.digest is
  'SHA-256 over the digest of the lines before and the last line: what the file''s last line must name.';

alter table tenant_import enable row level security;
alter table tenant_import force row level security;

create policy tenant_import_all on tenant_import
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and current_setting('voronka.scope', true) = 'operator'
  )
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and current_setting('voronka.scope', true) = 'operator'
  );

grant select, insert, delete on tenant_import to voronka_app;
grant update (lines, digest, counts) on tenant_import to voronka_app;

select allow_purge();
