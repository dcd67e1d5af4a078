internal import Postgres

/// What `system.check` asks the database, as the role that serves. All but the facts give one row a
/// fault.
enum SystemCheckStatements {
  static let facts = Statement(
    """
    select current_setting('server_version_num')::bigint, current_setting('server_version'),
      current_setting('fsync'), current_setting('full_page_writes'),
      current_setting('synchronous_commit'), current_setting('row_security'),
      current_setting('data_checksums'), current_setting('autovacuum'),
      current_setting('listen_addresses'), extract(epoch from clock_timestamp())::float8,
      (select max(age(datfrozenxid))::bigint from pg_database)
    """)

  static let role = Statement(
    """
    select power
    from pg_roles role,
      lateral (values
        ('SUPERUSER', role.rolsuper),
        ('BYPASSRLS', role.rolbypassrls),
        ('CREATEROLE', role.rolcreaterole),
        ('CREATEDB', role.rolcreatedb),
        ('REPLICATION', role.rolreplication)
      ) as has (power, granted)
    where role.rolname in (current_user, session_user)
      and granted
    union all
    select 'member of ' || role.rolname
    from pg_roles role
    where role.rolname <> current_user
      and pg_has_role(current_user, role.oid, 'member')
    union all
    select 'owner of ' || relname
    from pg_class
    where relnamespace = 'voronka'::regnamespace
      and relowner = current_user::regrole
    """)

  /// `$1` the tables that need none.
  static let tables = Statement(
    """
    select relname
    from pg_class
    where relnamespace = 'voronka'::regnamespace
      and relkind in ('r', 'p')
      and relname <> all ($1::text[])
      and not (
        relrowsecurity
        and relforcerowsecurity
        and exists (select 1 from pg_policy where polrelid = pg_class.oid)
      )
    order by relname
    """)

  static let policies = Statement(
    """
    select p.polname || ' on ' || c.relname
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'voronka'::regnamespace
      and p.polcmd in ('a', 'w', '*')
      and p.polwithcheck is null
    order by 1
    """)

  static let privileges = Statement(
    """
    select privilege || ' on ' || c.relname
    from pg_class c,
      unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
    where c.relnamespace = 'voronka'::regnamespace
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_table_privilege(c.oid, privilege)
    union all
    select 'CREATE on schema ' || nspname
    from pg_namespace
    where nspname in ('voronka', 'public')
      and has_schema_privilege(oid, 'CREATE')
    order by 1
    """)
}
