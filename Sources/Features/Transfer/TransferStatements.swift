internal import Postgres

/// A whole company out of the database and into another one. Which tables and columns that are stands in
/// the schema (sql/migrations, `export_columns`), beside the tables.
enum TransferStatements {
  /// The tables in the order in which they can be filled, each with its columns.
  static let tables = Statement(
    """
    select o.relation, e.columns
    from purge_order() with ordinality as o (relation, refers_to_itself, place)
    join export_columns() e on e.relation = o.relation
    order by o.place desc
    """)

  /// Company `$1`: its slug, its plan, its settings as JSON; and the number of the schema.
  static let tenant = Statement(
    """
    select t.slug, t.plan_code,
      (
        select json_object_agg(c.name, to_jsonb(t) -> c.name)
        from export_columns() e
        cross join lateral unnest(e.columns::text[]) as c (name)
        where e.relation = 'tenant'
      )::text,
      (select max(m.number) from migration m)
    from tenant t
    where t.id = $1::bigint
    """)

  /// At most `$3` rows of table `$1` behind the key `$2`, each with its key.
  static let page = Statement(
    """
    select p.key, p.line
    from export_page($1::name, $2::jsonb, $3::bigint) p
    """)

  /// Company `$1` was written into a file at `$2`.
  static let markExported = Statement(
    """
    update tenant
    set exported_at = $2::timestamptz
    where id = $1::bigint
    """)

  // MARK: - In

  /// The columns of a company's own row that a file may set.
  static let settings = Statement(
    """
    select columns
    from export_columns()
    where relation = 'tenant'
    """)

  /// Whether `$1` are a company's settings.
  static let checkSettings = Statement(
    """
    select r.timezone
    from jsonb_populate_record(null::tenant, $1::jsonb) r
    """)

  /// `$1` company, `$2` slug, `$3` plan, `$4` when it is given up, `$5` columns, `$6` settings.
  static let createTenant = Statement(
    """
    select import_tenant($1::bigint, $2::text, $3::text, $4::timestamptz, $5::text[], $6::jsonb)
    """)

  /// `$1` company, `$2` columns of the tables, `$3` digest of the first line, `$4` now.
  static let begin = Statement(
    """
    insert into tenant_import (tenant_id, columns, lines, digest, begun_at)
    values ($1::bigint, $2::jsonb, 1, $3::bytea, $4::timestamptz)
    """)

  /// How far the import of company `$1` has come.
  static let state = Statement(
    """
    select i.columns, i.lines, encode(i.digest, 'hex'), i.counts
    from tenant_import i
    join tenant t on t.id = i.tenant_id and t.state = 'importing'
    where i.tenant_id = $1::bigint
    """)

  /// Company `$1` has come from `$2` lines to `$3`, with the digest `$4` and the counts `$5`.
  static let advance = Statement(
    """
    with advanced as (
      update tenant_import
      set lines = $3::bigint,
        digest = $4::bytea,
        counts = $5::jsonb
      where tenant_id = $1::bigint
        and lines = $2::bigint
      returning 1
    )
    select require_one((select count(*) from advanced))
    """)

  /// Company `$1` is still being imported, and is given up at `$2`.
  static let keep = Statement(
    """
    with kept as (
      update tenant
      set purge_at = $2::timestamptz
      where id = $1::bigint
        and state = 'importing'
      returning 1
    )
    select require_one((select count(*) from kept))
    """)

  /// Puts the rows `$3`, from line `$4` of the file on, into table `$1` with the columns `$2`. What it refuses
  /// has the line as its message.
  static let rows = Statement(
    """
    select import_rows($1::name, $2::text[], $3::jsonb, $4::bigint)
    """)

  /// The import of company `$1`, which has come to `$2` lines, is over.
  static let end = Statement(
    """
    with ended as (
      delete from tenant_import
      where tenant_id = $1::bigint
        and lines = $2::bigint
      returning 1
    )
    select require_one((select count(*) from ended))
    """)

  /// Company `$1` is there.
  static let open = Statement(
    """
    with opened as (
      update tenant
      set state = 'active',
        purge_at = null,
        version = version + 1
      where id = $1::bigint
        and state = 'importing'
      returning 1
    )
    select require_one((select count(*) from opened))
    """)

  /// Company `$1` as the catalogue has it.
  static let get = Statement(
    """
    select id, slug, name, plan_code, state, locale, currency, timezone, created_at, version,
      state_before, purge_at
    from tenant
    where id = $1::bigint
    """)

  /// The first owner of company `$1`.
  static let owner = Statement(
    """
    select id, email, name
    from user_account
    where tenant_id = $1::bigint
      and role = 'owner'
      and state = 'active'
    order by id
    limit 1
    """)
}
