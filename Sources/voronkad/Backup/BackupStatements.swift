internal import Postgres

/// What a backup asks the database, and what a restore asks the new one; run as a superuser.
enum BackupStatements {
  /// Whether no policy hides a row from this role, and its name.
  static let sight = Statement(
    """
    select rolsuper or rolbypassrls, rolname
    from pg_roles
    where rolname = current_user
    """)

  /// One moment for all that follows, until the session ends.
  static let begin = """
    set idle_in_transaction_session_timeout = 0;
    begin transaction isolation level repeatable read, read only
    """

  static let end = "rollback"

  /// The moment's name for pg_dump, the epoch of transaction numbers, the server's version.
  static let moment = Statement(
    """
    select pg_export_snapshot(),
      pg_snapshot_xmax(pg_current_snapshot())::text::bigint >> 32,
      current_setting('server_version')
    """)

  /// The newest migration.
  static let schema = Statement(
    """
    select number, name
    from voronka.migration
    order by number desc
    limit 1
    """)

  /// A script, made of names from the catalogue alone, that counts the rows of each table.
  static let counting = Statement(
    """
    select string_agg(
        format('select %L, count(*) from voronka.%I', relname, relname), ' union all '
        order by relname)
    from pg_class
    where relnamespace = 'voronka'::regnamespace
      and relkind = 'r'
    """)

  /// What the planner knows of the rows.
  static let analyze = "analyze"
}
