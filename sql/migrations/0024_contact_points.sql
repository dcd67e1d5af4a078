-- What is known of clients, when two requests come at once.

-- Holds numbers and addresses until the transaction ends, so that of several requests with the same new one each but
-- the first waits, and raises where the contacts that have one of them are not those any more on which the caller has
-- decided: then the request is decided anew and finds the contact that was made. The hundred newest tell.
--
-- Each value is held by itself: different ones do not wait for each other. They are taken in the order of what they
-- are held by, so that no two wait for each other crosswise. Many at once, which only a file brings, are held as the
-- whole company's instead, against which every other one counts: a lock for each could use up the memory for locks of
-- the whole installation.
--
-- It is volatile, so each of its statements sees what was committed until then, what was waited for included. It works
-- with the owner's rights, since a contact counts whether the caller sees it or not; it gives nothing and tells no more
-- than `repeat` of a lead does.
create function hold_contact_points(of_tenant bigint, points text[], known bigint[]) returns void
language plpgsql volatile security definer
set search_path = voronka, pg_temp
as $$
declare
  was text := coalesce(current_setting('voronka.everything', true), '');
  whole bigint := hashtextextended('voronka.contact_point ' || of_tenant, 0);
  held bigint;
  present bigint[];
begin
  if of_tenant is distinct from nullif(current_setting('voronka.tenant_id', true), '')::bigint then
    raise exception 'only the company of the context is held' using errcode = 'insufficient_privilege';
  end if;
  if cardinality(points) > 100 then
    perform pg_advisory_xact_lock(whole);
  else
    perform pg_advisory_xact_lock_shared(whole);
    for held in
      select distinct hashtextextended(p.value, whole)
      from unnest(points) as p (value)
      order by 1
    loop
      perform pg_advisory_xact_lock(held);
    end loop;
  end if;
  perform set_config('voronka.everything', 'on', true);
  present := array(
    select distinct c.contact_id
    from unnest(points) as w (value)
    cross join lateral (
      select p.contact_id
      from contact_point p
      where p.tenant_id = of_tenant
        and p.value = w.value collate "C"
      -- Each is looked up by itself, however many there are.
      offset 0
    ) c
    order by c.contact_id desc
    limit 100
  );
  perform set_config('voronka.everything', was, true);
  if present is distinct from known then
    raise exception 'the contacts with these numbers and addresses are others than before'
      using errcode = 'VR002';
  end if;
end
$$;

revoke execute on function hold_contact_points(bigint, text[], bigint[]) from public;
grant execute on function hold_contact_points(bigint, text[], bigint[]) to voronka_app;

-- Numbers are found by their last seven digits as well: all words are made anew, company by company, since row-level
-- security shows the owner one at a time.
do $$
declare
  of_tenant bigint;
begin
  perform set_config('voronka.scope', 'operator', true);
  for of_tenant in select id from tenant loop
    perform set_config('voronka.tenant_id', of_tenant::text, true);
    perform set_config('voronka.everything', 'on', true);
    insert into search_backlog (tenant_id, kind)
    values (of_tenant, 'card'), (of_tenant, 'contact'), (of_tenant, 'company')
    on conflict (tenant_id, kind) do update
    set after_id = 0;
  end loop;
  perform set_config('voronka.scope', '', true);
  perform set_config('voronka.tenant_id', '', true);
  perform set_config('voronka.everything', '', true);
end
$$;
