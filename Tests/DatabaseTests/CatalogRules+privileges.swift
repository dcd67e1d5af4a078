import Postgres

/// Attacks 1, 6 and 7: what the application role may do beyond what requests need.
extension CatalogRule {
  static let privileges = [
    CatalogRule(
      promise: "Nobody but the owner and the application role holds a privilege",
      breaches: Statement(
        """
        select relname || ' to ' || case grantee when 0 then 'public' else grantee::regrole::text end
        from pg_class,
          aclexplode(relacl)
        where relnamespace = 'voronka'::regnamespace
          and grantee not in ('voronka_owner'::regrole, 'voronka_app'::regrole)
        """),
      control: """
        grant select on voronka.plan to public;
        """,
      expected: "plan to public"),
    CatalogRule(
      promise: "The application role may not truncate, refer, make triggers or pass its rights on",
      breaches: Statement(
        """
        select privilege_type || ' on ' || relname
        from pg_class,
          aclexplode(relacl)
        where relnamespace = 'voronka'::regnamespace
          and grantee = 'voronka_app'::regrole
          and (privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or is_grantable)
        """),
      control: """
        grant truncate on voronka.card to voronka_app;
        """,
      expected: "TRUNCATE on card"),
    CatalogRule(
      promise: "The application role may not read or set sequences",
      breaches: Statement(
        """
        select relname
        from pg_class
        where relnamespace = 'voronka'::regnamespace
          and case when relkind = 'S'
            then has_sequence_privilege('voronka_app', oid, 'select, update, usage')
          end
        """),
      control: """
        create sequence voronka.countable;
        grant select on voronka.countable to voronka_app;
        """,
      expected: "countable"),
    CatalogRule(
      promise: "The application role may not move a row to another tenant",
      breaches: Statement(
        """
        select relname
        from pg_class
        join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p')
          and relname not in ('idempotency')
          and has_column_privilege('voronka_app', pg_class.oid, attnum, 'update')
        """),
      control: """
        grant update on voronka.note to voronka_app;
        """,
      expected: "note"),
    CatalogRule(
      promise: "The application role may create nothing, in no schema",
      breaches: Statement(
        """
        select nspname
        from pg_namespace
        where has_schema_privilege('voronka_app', oid, 'create')
        union all
        select 'database'
        where has_database_privilege('voronka_app', current_database(), 'create, temporary')
        """),
      control: """
        grant create on schema voronka to voronka_app;
        """,
      expected: "voronka"),
    CatalogRule(
      promise: "Rows that tell what happened are written once: no update, no delete",
      breaches: Statement(
        """
        select privilege || ' on ' || relname
        from pg_class,
          unnest(array['update', 'delete']) as privilege
        where relnamespace = 'voronka'::regnamespace
          and relname in ('audit', 'audit_seal', 'card_history')
          and (has_table_privilege('voronka_app', oid, privilege)
            or privilege = 'update' and has_any_column_privilege('voronka_app', oid, privilege))
        """),
      control: """
        grant update (details) on voronka.card_history to voronka_app;
        """,
      expected: "update on card_history"),
  ]
}
