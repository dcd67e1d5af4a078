internal import Postgres

/// What the server asks the database about itself, as the role it serves with. Each statement gives
/// one row a fault: what it concerns.
enum SchemaCheckStatements {
  static let serverVersion = Statement(
    """
    select current_setting('server_version_num')::bigint
    """)

  static let powers = Statement(
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
    order by power
    """)

  /// Any membership is too much: it can be used with SET ROLE.
  static let memberships = Statement(
    """
    select role.rolname
    from pg_roles role
    where role.rolname <> current_user
      and pg_has_role(current_user, role.oid, 'member')
    order by role.rolname
    """)

  static let ownerships = Statement(
    """
    select 'database ' || datname
    from pg_database
    where datname = current_database()
      and datdba = current_user::regrole
    union all
    select 'schema ' || nspname
    from pg_namespace
    where nspowner = current_user::regrole
      and nspname not like 'pg_temp%'
      and nspname not like 'pg_toast_temp%'
    union all
    select 'relation ' || relname
    from pg_class
    where relnamespace = to_regnamespace('voronka')
      and relowner = current_user::regrole
    union all
    select 'function ' || proname
    from pg_proc
    where pronamespace = to_regnamespace('voronka')
      and proowner = current_user::regrole
    """)

  static let tablePrivileges = Statement(
    """
    select privilege || ' on ' || relation.relname
    from pg_class relation,
      unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
    where relation.relnamespace = to_regnamespace('voronka')
      and relation.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_table_privilege(relation.oid, privilege)
    order by relation.relname, privilege
    """)

  static let creation = Statement(
    """
    select 'CREATE on schema ' || nspname
    from pg_namespace
    where nspname in ('voronka', 'public')
      and has_schema_privilege(oid, 'CREATE')
    union all
    select 'CREATE on database ' || current_database()
    where has_database_privilege(current_database(), 'CREATE')
    """)

  /// - Parameter $1: the names of the tables that need none.
  static let unprotected = Statement(
    """
    select relation.relname
    from pg_class relation
    where relation.relnamespace = to_regnamespace('voronka')
      and relation.relkind in ('r', 'p')
      and not (relation.relrowsecurity and relation.relforcerowsecurity)
      and relation.relname <> all ($1::text[])
    order by relation.relname
    """)
}
