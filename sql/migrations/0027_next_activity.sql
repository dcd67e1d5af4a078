-- A card's nearest planned activity stands on the card: boards, lists and cards tell it, and the day looks for cards
-- that have none. Looked up behind a policy of its own for each card, it cost a board half as much as its cards.
alter table card
  add column next_activity_id bigint,
  add column next_activity_type text,
  add column next_activity_due_at timestamptz;

comment on column card.next_activity_id is
  'The planned activity that is due first, with its type and when that is: written by settle_activities alone, and a test holds it together with activity. Not a foreign key: it goes with what is planned.';

-- Tells of the nearest planned activity on each of the cards, after something planned has come, gone or changed.
--
-- The cards are locked first, in their order; each statement of a volatile function sees what was committed until
-- then. So whoever settles last has seen what all others planned. It works with the owner's rights, since a card may
-- be out of the caller's sight by then (it was closed, or handed on), and can only make the columns true.
create function settle_activities(of_tenant bigint, of_cards bigint[]) returns void
language plpgsql volatile security definer
set search_path = voronka, pg_temp
as $$
declare
  was text := coalesce(current_setting('voronka.everything', true), '');
begin
  if of_tenant is distinct from nullif(current_setting('voronka.tenant_id', true), '')::bigint then
    raise exception 'only the company of the context is settled' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('voronka.everything', 'on', true);
  perform 1
  from card c
  where c.tenant_id = of_tenant
    and c.id = any (of_cards)
  order by c.id
  for no key update;
  update card c
  set next_activity_id = n.id,
    next_activity_type = n.type,
    next_activity_due_at = n.due_at
  from unnest(of_cards) as w (id)
  left join lateral (
    select p.id, p.type, p.due_at
    from activity p
    where p.tenant_id = of_tenant
      and p.card_id = w.id
      and p.state = 'planned'
    order by p.due_at, p.id
    limit 1
  ) n on true
  where c.tenant_id = of_tenant
    and c.id = w.id
    and (c.next_activity_id, c.next_activity_type, c.next_activity_due_at)
      is distinct from (n.id, n.type, n.due_at);
  perform set_config('voronka.everything', was, true);
end
$$;

revoke execute on function settle_activities(bigint, bigint[]) from public;
grant execute on function settle_activities(bigint, bigint[]) to voronka_app;

-- What is planned already, company by company, since row-level security shows the owner one at a time.
do $$
declare
  of_tenant bigint;
begin
  perform set_config('voronka.scope', 'operator', true);
  for of_tenant in select id from tenant loop
    perform set_config('voronka.tenant_id', of_tenant::text, true);
    perform set_config('voronka.everything', 'on', true);
    perform settle_activities(of_tenant, array(
      select distinct p.card_id
      from activity p
      where p.tenant_id = of_tenant
        and p.state = 'planned'
    ));
  end loop;
  perform set_config('voronka.scope', '', true);
  perform set_config('voronka.tenant_id', '', true);
  perform set_config('voronka.everything', '', true);
end
$$;
