-- The audit: one row for everything that anybody changed, written by the change's own transaction.
--
-- Rows are numbered by the server process that wrote them (writer, number), not by a counter: nothing
-- that all writes of a company would have to lock. Each carries a MAC under a key that is not in this
-- database, so a row that was altered or made up is always found. A worker seals ranges of finished
-- transactions, with their count and a MAC chained to the seal before, so that a row that was removed
-- is found too. docs/audit.md says what is kept and how it is verified.

create table audit (
  tenant_id bigint not null,
  at timestamptz not null,
  writer bigint not null,
  number bigint not null,
  -- Where the row stands for seals: the transaction, within the epoch of transaction numbers. A
  -- database that was restored from a dump counts transactions anew: another epoch begins.
  epoch integer not null,
  xid bigint not null default (pg_current_xact_id()::text::bigint),
  actor text not null,
  actor_id bigint,
  session_id bigint,
  user_id bigint,
  address text,
  request text not null,
  method text not null,
  noun text not null,
  subject text,
  -- JSON as it went over the wire, byte for byte: the MAC is over these bytes.
  before text,
  after text,
  key_id text not null,
  mac bytea not null,
  -- Of a row whose payload was erased: the keyed digests of what stood there, and a MAC over the erasure.
  erased_at timestamptz,
  before_digest bytea,
  after_digest bytea,
  erasure_key_id text,
  erasure_mac bytea,
  constraint audit_pkey primary key (tenant_id, at, writer, number),
  constraint audit_actor check (actor in ('user', 'token', 'operator', 'server'))
);

comment on table audit is
  'Tenant 0 holds the operator''s changes of the installation. Not tied to users or cards by foreign keys: it outlives them, and goes with the company.';
comment on column audit.user_id is
  'As whom it was done: the user, or the one a service token or the operator''s support stood in for.';
comment on column audit.actor_id is
  'The token of a user, of a service or of the operator; null for a session.';

-- Sealing reads in the order of transactions; a card's or contact's own audit is looked up by subject.
create index audit_order on audit (tenant_id, epoch, xid);
create index audit_subject on audit (tenant_id, noun, subject, at);

alter table audit enable row level security;
alter table audit force row level security;

create policy audit_read on audit
  for select
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (
      (select current_setting('voronka.everything', true) = 'on')
      or (tenant_id = 0 and (select current_setting('voronka.scope', true) = 'operator'))
    )
  );

create policy audit_insert on audit
  for insert
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

-- For the functions below alone; the application role holds neither privilege.
create policy audit_update on audit
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy audit_delete on audit
  for delete
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

grant select, insert on audit to voronka_app;

-- One seal covers the rows of one tenant and epoch from one transaction up to before another. When
-- their time is over the rows go and the seal stays, as the proof that they may be missing.
create table audit_seal (
  tenant_id bigint not null,
  number bigint not null,
  epoch integer not null,
  from_xid bigint not null,
  to_xid bigint not null,
  rows bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  digest bytea not null,
  sealed_at timestamptz not null,
  key_id text not null,
  mac bytea not null,
  removed_at timestamptz,
  removal_key_id text,
  removal_mac bytea,
  constraint audit_seal_pkey primary key (tenant_id, number),
  constraint audit_seal_range check (from_xid < to_xid)
);

comment on column audit_seal.digest is
  'SHA-256 over the MACs of its rows in the order of epoch, xid, writer, number.';

alter table audit_seal enable row level security;
alter table audit_seal force row level security;

-- A seal tells nothing of what was done.
create policy audit_seal_read on audit_seal
  for select
  using (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy audit_seal_insert on audit_seal
  for insert
  with check (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  );

create policy audit_seal_update on audit_seal
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

grant select, insert on audit_seal to voronka_app;

-- The epoch that rows of a tenant are written in: the last one there is, or the next one where its last
-- row or seal speaks of transactions that this database has not come to yet. Asked with every right.
create function audit_epoch(tenant bigint) returns integer
language sql stable
as $$
  select coalesce(
    (
      select l.epoch
        + (l.next_xid > greatest(
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
            pg_current_xact_id_if_assigned()::text::bigint + 1))::integer
      from (
        (
          select s.epoch, s.to_xid as next_xid
          from audit_seal s
          where s.tenant_id = tenant
          order by s.number desc
          limit 1
        )
        union all
        (
          select a.epoch, a.xid + 1
          from audit a
          where a.tenant_id = tenant
          order by a.epoch desc, a.xid desc
          limit 1
        )
      ) l
      order by l.epoch desc, l.next_xid desc
      limit 1
    ),
    0)
$$;

-- What the application role may do to rows that are there: these two things and no more. Both see
-- only the rows of the tenant in whose context they are called; forced row-level security binds the
-- owner as well.

create function erase_audit(
  tenant bigint, moments timestamptz[], writers bigint[], numbers bigint[],
  before_digests bytea[], after_digests bytea[], moment timestamptz, key text, macs bytea[]
) returns bigint
language sql security definer
set search_path = voronka, pg_temp
as $$
  with erased as (
    update audit a
    set before = null,
      after = null,
      before_digest = e.before_digest,
      after_digest = e.after_digest,
      erased_at = moment,
      erasure_key_id = key,
      erasure_mac = e.mac
    from unnest(moments, writers, numbers, before_digests, after_digests, macs)
      as e (at, writer, number, before_digest, after_digest, mac)
    where a.tenant_id = tenant
      and a.at = e.at
      and a.writer = e.writer
      and a.number = e.number
      and a.erased_at is null
    returning 1
  )
  select count(*)
  from erased
$$;

comment on function erase_audit is
  'Takes the payload out of audit rows, and nothing else; the digests and MACs that are left tell an erasure from an alteration.';

create function remove_audit(
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
    where s.tenant_id = tenant
      and s.number = seal
      and s.removed_at is null
    returning s.epoch, s.from_xid, s.to_xid
  ),
  gone as (
    delete from audit a
    using removed r
    where a.tenant_id = tenant
      and a.epoch = r.epoch
      and a.xid >= r.from_xid
      and a.xid < r.to_xid
    returning 1
  )
  select count(*)
  from gone
$$;

comment on function remove_audit is
  'Removes the rows of one seal, whose time is over; the seal stays, marked.';

revoke execute on function erase_audit from public;
revoke execute on function remove_audit from public;
grant execute on function erase_audit to voronka_app;
grant execute on function remove_audit to voronka_app;

-- Erasing a client's data (contact.erase) changes texts that are otherwise written once.

create policy note_update on note
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create policy card_history_update on card_history
  for update
  using (
    tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    and (select current_setting('voronka.everything', true) = 'on')
  )
  with check (tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint);

create function erase_notes(tenant bigint, ids bigint[], texts text[]) returns bigint
language sql security definer
set search_path = voronka, pg_temp
as $$
  with changed as (
    update note n
    set text = r.text
    from unnest(ids, texts) as r (id, text)
    where n.tenant_id = tenant
      and n.id = r.id
    returning 1
  )
  select count(*)
  from changed
$$;

create function erase_history(
  tenant bigint, cards bigint[], versions bigint[], entries text[]
) returns bigint
language sql security definer
set search_path = voronka, pg_temp
as $$
  with changed as (
    update card_history h
    set details = r.details::jsonb
    from unnest(cards, versions, entries) as r (card_id, version, details)
    where h.tenant_id = tenant
      and h.card_id = r.card_id
      and h.version = r.version
    returning 1
  )
  select count(*)
  from changed
$$;

revoke execute on function erase_notes from public;
revoke execute on function erase_history from public;
grant execute on function erase_notes to voronka_app;
grant execute on function erase_history to voronka_app;

select allow_purge();
