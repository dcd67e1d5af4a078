internal import JSON
internal import Postgres
internal import TestSupport

/// A company's rows in every table, past all policies.
struct TenantRows {
  let installation: TestInstallation
  let tenant: Int64

  init(_ company: TestCompany) {
    self.init(company.installation, tenant: company.id)
  }

  init(_ installation: TestInstallation, tenant: Int64) {
    self.installation = installation
    self.tenant = tenant
  }

  private func ask(_ script: String) async throws -> Rows {
    try await installation.database.connected(as: installation.database.superuser) {
      try await $0.executeScript(script)[0]
    }
  }

  /// Every table that carries a tenant, by the catalog.
  func tables() async throws -> [String] {
    try await ask(
      """
      select relname
      from pg_class
      join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id' and not attisdropped
      where relnamespace = 'voronka'::regnamespace
        and relkind in ('r', 'p')
      order by relname
      """
    ).map { try $0.string(0) }
  }

  /// How many rows each table has of the company.
  func counts() async throws -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for table in try await tables() {
      counts[table] = try await ask(
        "select count(*) from voronka.\(table) where tenant_id = \(tenant)")[0].integer(0)
    }
    return counts
  }

  /// A fingerprint of what is exported of each table, with the number of its rows.
  func fingerprints() async throws -> [String: String] {
    var fingerprints: [String: String] = [:]
    for row in try await ask("select relation, columns from voronka.export_columns()") {
      let table = try row.string(0)
      let columns = try row.strings(1).compactMap(\.self).map { "\"\($0)\"" }
      let key = table == "tenant" ? "id" : "tenant_id"
      fingerprints[table] = try await ask(
        """
        select count(*) || ' ' || md5(coalesce(string_agg(x::text, e'\\n' order by x::text), ''))
        from (
          select \(columns.joined(separator: ", "))
          from voronka.\(table)
          where \(key) = \(tenant)
        ) x
        """)[0].string(0)
    }
    return fingerprints
  }

  /// One text past all policies.
  func text(_ query: String) async throws -> String {
    try await ask(query)[0].stringIfPresent(0) ?? ""
  }
}
