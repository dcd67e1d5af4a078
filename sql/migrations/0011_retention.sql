-- How long things are kept, by plan: the history of closed cards, the audit, and idempotency keys.

alter table plan add column history_days integer;
alter table plan add column audit_days integer;
alter table plan add column idempotency_hours integer not null default 24;
alter table plan add constraint plan_retention check (
  coalesce(history_days, 1) >= 1
  and coalesce(audit_days, 1) >= 1
  and idempotency_hours >= 24
);

comment on column plan.history_days is
  'How long the history of closed cards is kept; NULL is for ever.';
comment on column plan.audit_days is 'How long the audit is kept; NULL is for ever.';
comment on column plan.idempotency_hours is
  'How long a key is honoured. The protocol promises 24 hours: never fewer.';

grant update (history_days, audit_days, idempotency_hours) on plan to voronka_app;

-- Neither history nor audit can be deleted by the application role. What is due is told here, by the
-- company's plan and no later moment than the database's own, and not by the caller. Both functions see
-- only the rows of the tenant in whose context they are called: forced row-level security binds the
-- owner as well.

-- Looks at so many cards behind a number, and takes the history of those that were closed before the
-- limit, as far as it is older itself. Cards that may be reopened keep theirs. It tells the last card
-- that it looked at, NULL where there is none, and how many rows went.
create function expire_history(of_tenant bigint, at timestamptz, after_card bigint, most bigint)
returns table (last_card bigint, removed bigint)
language sql security definer
set search_path = voronka, pg_temp
as $$
  with due as (
    select least(at, statement_timestamp())
      - make_interval(days => greatest(p.history_days, t.reopen_days)) as before
    from tenant t
    join plan p on p.code = t.plan_code
    where t.id = of_tenant
      and p.history_days is not null
  ),
  looked as (
    select c.id, c.closed_at
    from card c
    where c.tenant_id = of_tenant
      and c.id > after_card
      and exists (select 1 from due)
    order by c.id
    limit most
  ),
  gone as (
    delete from card_history h
    using looked l, due d
    where h.tenant_id = of_tenant
      and h.card_id = l.id
      and l.closed_at < d.before
      and h.at < d.before
    returning 1
  )
  select (select max(id) from looked), (select count(*) from gone)
$$;

revoke execute on function expire_history(bigint, timestamptz, bigint, bigint) from public;
grant execute on function expire_history(bigint, timestamptz, bigint, bigint) to voronka_app;

-- Removed is one sealed range, whole, whose last row is older than the plan keeps the audit.
create or replace function remove_audit(
  tenant bigint, seal bigint, moment timestamptz, key text, removal_mac bytea
) returns bigint
language sql security definer
set search_path = voronka, pg_temp
as $$
  with removed as (
    update audit_seal s
    set removed_at = moment,
      removal_key_id = key,
      removal_mac = remove_audit.removal_mac
    from voronka.tenant t
    join plan p on p.code = t.plan_code
    where s.tenant_id = remove_audit.tenant
      and s.number = seal
      and s.removed_at is null
      and t.id = s.tenant_id
      and s.last_at
        < least(moment, statement_timestamp()) - make_interval(days => p.audit_days)
    returning s.epoch, s.from_xid, s.to_xid
  ),
  gone as (
    delete from audit a
    using removed r
    where a.tenant_id = remove_audit.tenant
      and a.epoch = r.epoch
      and a.xid >= r.from_xid
      and a.xid < r.to_xid
    returning 1
  )
  select count(*)
  from gone
$$;
