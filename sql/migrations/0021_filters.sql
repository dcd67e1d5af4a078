-- Filters on the company's own fields, and clients by how their names begin.
--
-- What lists look up stands among the words of 0013, as keys that no search comes upon: `SalesRules.SearchKey`
-- makes them of values and names. So they are written, rebuilt and taken away with the words.

alter table field add column filterable boolean not null default false;

comment on column field.filterable is 'Whether the cards that hold something in it have keys of it among their words.';

grant update (filterable) on field to voronka_app;

-- The names of the clients there are; before row-level security, which would show the owner no company.
select set_config('voronka.scope', 'operator', true);

create temporary table filtered_tenant on commit drop as
select t.id
from tenant t;

select set_config('voronka.scope', '', true);

do $$
declare
  of_tenant bigint;
begin
  for of_tenant in select id from filtered_tenant loop
    perform set_config('voronka.tenant_id', of_tenant::text, true);
    perform set_config('voronka.everything', 'on', true);
    insert into search_backlog (tenant_id, kind)
    select of_tenant, k.kind
    from (values ('contact'), ('company')) as k (kind)
    on conflict (tenant_id, kind) do update
    set after_id = 0;
  end loop;
  perform set_config('voronka.tenant_id', '', true);
  perform set_config('voronka.everything', '', true);
end
$$;
