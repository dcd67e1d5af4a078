internal import Postgres

/// The statements of the migrator.
enum MigrationStatements {
  /// The history table and its schema, where they are missing. Idempotent.
  static let historyTable = """
    do $$
    begin
      if to_regnamespace('voronka') is null then
        create schema voronka;
        grant usage on schema voronka to voronka_app;
      end if;
    end
    $$;

    create table if not exists voronka.migration (
      number integer not null,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      applied_by text not null default current_user,
      constraint migration_pkey primary key (number)
    );

    grant select (number, name, checksum, applied_at) on voronka.migration to voronka_app;
    """

  static let historyExists = Statement(
    """
    select to_regclass('voronka.migration') is not null
    """)

  static let history = Statement(
    """
    select number, name, checksum, (applied_at at time zone 'UTC')::text
    from voronka.migration
    order by number
    """)

  /// One migrator at a time. The session holds the lock; it is polled, because a session that waits
  /// for it inside a statement would keep `create index concurrently` from ever ending.
  static let tryLock = Statement(
    """
    select pg_try_advisory_lock(hashtext('voronka.migration'))
    """)

  static let unlock = Statement(
    """
    select pg_advisory_unlock(hashtext('voronka.migration'))
    """)

  /// The beginning of a migration's transaction. The transaction's own number is kept, so that its
  /// end can tell whether the file ended the transaction in between.
  static func begin(lockTimeout: Duration) -> String {
    """
    begin;
    set local lock_timeout = '\(lockTimeout.components.seconds * 1000
      + lockTimeout.components.attoseconds / 1_000_000_000_000_000)ms';
    set local statement_timeout = 0;
    set local idle_in_transaction_session_timeout = 0;
    set local search_path = voronka;
    select set_config('voronka.migrating', pg_current_xact_id()::text, true);
    """
  }

  static let commit = "commit;"
  static let rollback = "rollback;"

  /// What must hold after each migration, checked within its transaction.
  static let check = """
    do $$
    declare
      bare text;
    begin
      if current_setting('voronka.migrating', true) is distinct from pg_current_xact_id()::text then
        raise exception 'the migration ends its transaction itself: part of it may be committed';
      end if;
      select string_agg(relation.relname, ', ' order by relation.relname)
      into bare
      from pg_class relation
      where relation.relnamespace = 'voronka'::regnamespace
        and relation.relkind in ('r', 'p')
        and not (relation.relrowsecurity and relation.relforcerowsecurity)
        and relation.relname <> all (array[\(quoted(RelationRules.withoutRowSecurity))]);
      if bare is not null then
        raise exception 'tables without enabled and forced row-level security: %', bare;
      end if;
    end
    $$;
    """

  /// The history row of a migration. Number, name and checksum come from the program's own files.
  static func record(_ migration: Migration) -> String {
    """
    insert into voronka.migration (number, name, checksum)
    values (\(migration.number), \(quoted([migration.name])), \(quoted([migration.checksum])));
    """
  }

  private static func quoted(_ names: [String]) -> String {
    names.map {
      "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    .joined(separator: ", ")
  }
}
