import Postgres

/// Attacks 4 to 6: keys that reach over the border of a tenant.
extension CatalogRule {
  static let tenancy = [
    CatalogRule(
      promise: "Every table but a closed list carries tenant_id, never null",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p')
          and relname not in ('migration', 'plan', 'tenant', 'operator_token', 'login_throttle')
          and not exists (
            select 1
            from pg_attribute
            where attrelid = pg_class.oid
              and attname = 'tenant_id'
              and attnotnull
              and not attisdropped
          )
        """),
      control: """
        create table voronka.homeless (id bigint);
        """,
      expected: "homeless"),
    CatalogRule(
      promise: "Every tenant table lets the purge of a deleted company take its rows",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p')
          and relrowsecurity
          and exists (
            select 1
            from pg_attribute
            where attrelid = pg_class.oid
              and attname = 'tenant_id'
              and not attisdropped
          )
          and not exists (
            select 1
            from pg_policy
            where polrelid = pg_class.oid
              and polcmd = 'd'
              and polroles = array['voronka_owner'::regrole::oid]
          )
        """),
      control: """
        create table voronka.everlasting (tenant_id bigint not null);
        alter table voronka.everlasting enable row level security;
        """,
      expected: "everlasting"),
    CatalogRule(
      promise: "What an export of a company leaves out stands in a closed list",
      breaches: Statement(
        """
        select relname
        from pg_class
        join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id' and not attisdropped
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p')
          and relname not in (select relation from voronka.export_columns())
          and relname not in ('session', 'invitation', 'access_token', 'support_access',
            'idempotency', 'tenant_version', 'tenant_import', 'audit', 'audit_seal',
            'event', 'event_head', 'card_word', 'contact_word', 'company_word',
            'search_backlog')
        """),
      control: """
        create or replace function voronka.export_columns()
        returns table (relation name, columns name[]) language sql stable
          as $$ select 'card'::name, array['id']::name[] $$;
        """,
      expected: "note"),
    CatalogRule(
      promise: "No secret leaves with an export: nothing that is called hash, secret or token",
      breaches: Statement(
        """
        select relation || '.' || col
        from voronka.export_columns()
        cross join lateral unnest(columns) as col
        where col ~ 'hash|secret|token|password'
          -- Of an imported row: it tells whether the row came again with other values.
          and (relation, col) <> ('import_key', 'content_hash')
        """),
      control: """
        alter table voronka.team add column secret_word text;
        """,
      expected: "team.secret_word"),
    CatalogRule(
      promise: "The tenant stands first in every index of a tenant table",
      breaches: Statement(
        """
        select indexrelid::regclass::text
        from pg_index
        join pg_class on pg_class.oid = indrelid
        join pg_attribute on attrelid = indrelid and attname = 'tenant_id'
        where relnamespace = 'voronka'::regnamespace
          and indkey[0] <> attnum
        """),
      control: """
        create unique index oracle on voronka.user_account (email);
        """,
      expected: "voronka.oracle"),
    CatalogRule(
      promise: "A foreign key between tenant tables carries the tenant on both sides",
      breaches: Statement(
        """
        select conname
        from pg_constraint
        join pg_attribute own on own.attrelid = conrelid and own.attname = 'tenant_id'
        join pg_attribute other on other.attrelid = confrelid and other.attname = 'tenant_id'
        where contype = 'f'
          and (conkey[1] <> own.attnum or confkey[1] <> other.attnum)
        """),
      control: """
        create unique index team_id_alone on voronka.team (id);
        create table voronka.crossing (
          tenant_id bigint not null,
          team_id bigint,
          constraint crossing_team_fkey foreign key (team_id) references voronka.team (id)
        );
        """,
      expected: "crossing_team_fkey"),
    CatalogRule(
      promise: "No foreign key sets columns to null, which would include the tenant",
      breaches: Statement(
        """
        select conname
        from pg_constraint
        where contype = 'f'
          and (confdeltype in ('n', 'd') or confupdtype in ('n', 'd'))
        """),
      control: """
        alter table voronka.team add constraint forgetting foreign key (tenant_id, parent_id)
          references voronka.team (tenant_id, id) on delete set null;
        """,
      expected: "forgetting"),
    CatalogRule(
      promise: "No shared table refers to a tenant table",
      breaches: Statement(
        """
        select conname
        from pg_constraint
        join pg_attribute other on other.attrelid = confrelid and other.attname = 'tenant_id'
        where contype = 'f'
          and not exists (
            select 1
            from pg_attribute own
            where own.attrelid = conrelid
              and own.attname = 'tenant_id'
          )
        """),
      control: """
        create unique index contact_id_alone on voronka.contact (id);
        alter table voronka.plan add column contact_id bigint;
        alter table voronka.plan add constraint inward foreign key (contact_id)
          references voronka.contact (id);
        """,
      expected: "inward"),
  ]
}
