-- What a write was decided on still holds when it commits.

-- Proves the company's version for a write, and holds it until the transaction ends: a change of people, rights,
-- settings or design waits until the writes under way are over, and sees what they wrote. So nobody who is being
-- deactivated gets another card, and no card keeps the value of a field that is being deleted.
--
-- The lock is an advisory one: writes share it and do not wait for each other, and nothing is written for it, as the
-- lock of a row would be, with all who share it gathered in a list. It is taken ahead of everything else, so that no
-- two wait for each other crosswise. Who comes while the company is being changed, or is about to be, does not wait in
-- the database, where it would keep a connection from other companies: VR006 tells it to come again.
--
-- It is volatile, so the version is read by a statement of its own, after the lock: what was committed until then
-- counts.
create function hold_version(of_tenant bigint, at_version bigint, alone boolean) returns text
language plpgsql volatile
as $$
begin
  if alone then
    perform pg_advisory_xact_lock(hashtextextended('voronka.tenant_version', of_tenant));
  elsif not pg_try_advisory_xact_lock_shared(hashtextextended('voronka.tenant_version', of_tenant)) then
    raise exception 'the company is being changed'
      using errcode = 'VR006';
  end if;
  if (select v.version from tenant_version v where v.tenant_id = of_tenant) is distinct from at_version then
    return stale_context();
  end if;
  return of_tenant::text;
end
$$;

comment on function hold_version(bigint, bigint, boolean) is
  'The proof of a write: alone where the version moves, else shared with the other writes of the company.';

-- A lead is marked as one of a known client when the client is entered later, too.
grant update (repeat) on card to voronka_app;
