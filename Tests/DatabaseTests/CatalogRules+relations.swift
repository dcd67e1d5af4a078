import Postgres

/// Attack 1: relations that row-level security does not bind.
extension CatalogRule {
  static let relations = [
    CatalogRule(
      promise: "Every table but a closed list has row-level security enabled and forced",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p', 'f')
          and not (relrowsecurity and relforcerowsecurity)
          and relname not in ('migration', 'tenant_version')
        """),
      control: """
        create table voronka.bare (tenant_id bigint not null);
        """,
      expected: "bare"),
    CatalogRule(
      promise: "Enabled without forced is not enough",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and relrowsecurity
          and not relforcerowsecurity
        """),
      control: """
        create table voronka.unforced (tenant_id bigint not null);
        alter table voronka.unforced enable row level security;
        """,
      expected: "unforced"),
    CatalogRule(
      promise: "There are no views, materialised views or foreign tables: they would not be bound",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('v', 'm', 'f')
        """),
      control: """
        create view voronka.everything as select * from voronka.tenant;
        create materialized view voronka.copied as select 1 as a;
        """,
      expected: "copied"),
    CatalogRule(
      promise: "All relations and functions live in the one schema",
      breaches: Statement(
        """
        select nspname || '.' || relname
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where nspname not in ('voronka', 'pg_catalog', 'information_schema', 'pg_toast')
          and nspname not like 'pg_temp%'
          and nspname not like 'pg_toast_temp%'
        union all
        select nspname || '.' || proname
        from pg_proc
        join pg_namespace on pg_namespace.oid = pronamespace
        where nspname not in ('voronka', 'pg_catalog', 'information_schema')
        """),
      control: """
        create table public.elsewhere (a integer);
        """,
      expected: "public.elsewhere"),
    CatalogRule(
      promise: "The owner owns everything",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and relowner <> 'voronka_owner'::regrole
        union all
        select proname
        from pg_proc
        where pronamespace = 'voronka'::regnamespace
          and proowner <> 'voronka_owner'::regrole
        """),
      control: """
        create table voronka.foreign_owner (tenant_id bigint not null);
        alter table voronka.foreign_owner owner to voronka_app;
        """,
      expected: "foreign_owner"),
    CatalogRule(
      promise: "There are no triggers and no rewrite rules",
      breaches: Statement(
        """
        select tgname
        from pg_trigger
        join pg_class on pg_class.oid = tgrelid
        where relnamespace = 'voronka'::regnamespace
          and not tgisinternal
        union all
        select rulename
        from pg_rewrite
        join pg_class on pg_class.oid = ev_class
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p')
        """),
      control: """
        create rule quiet as on delete to voronka.tenant do instead nothing;
        """,
      expected: "quiet"),
  ]
}
