internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A file's first line: what it is, of which company, and which tables follow.
struct TransferHeader {
  /// The version of the format that is written, and the newest that is read.
  static let format: Int64 = 1

  let slug: String
  let plan: String
  let settings: JSONObject
  let tables: [TransferTable]

  /// Writes one, from a row of `TransferStatements.tenant`.
  static func line(
    tenant: Row, tables: [TransferTable], version: String, now: Timestamp
  ) throws -> [UInt8] {
    let (slug, plan) = (try tenant.string(0), try tenant.string(1))
    let settings = try JSONReader().read(try tenant.string(2))
    let schema = try tenant.integer(3)
    return RawJSON {
      $0.object {
        $0.member("voronka") {
          $0.member("format", format)
          $0.member("server", version)
          $0.member("schema", schema)
          $0.member("exported_at", now)
          $0.member("tenant") {
            $0.member("slug", slug)
            $0.member("plan", plan)
            $0.name("settings")
            $0.value(settings)
          }
          $0.name("tables")
          $0.array { for table in tables { table.write(to: &$0) } }
        }
      }
    }.bytes
  }

  /// Reads one; says what is wrong with it.
  init(_ line: String) throws(RPCError) {
    let json = try? JSONReader().read(line)
    guard let header = json?["voronka"], let format = header["format"]?.int64 else {
      throw Self.refused("is not the first line of a company's file")
    }
    guard format <= Self.format else {
      throw Self.refused(
        "is of format \(format); this server reads up to \(Self.format): use a newer one")
    }
    let tables = (header["tables"]?.array ?? []).map(TransferTable.init)
    guard let slug = header["tenant"]?["slug"]?.string,
      let plan = header["tenant"]?["plan"]?.string,
      let settings = header["tenant"]?["settings"]?.object, !tables.isEmpty,
      !tables.contains(where: { $0 == nil })
    else { throw Self.refused("is incomplete") }
    self.slug = slug
    self.plan = plan
    self.settings = settings
    self.tables = tables.compactMap(\.self)
    guard Set(self.tables.map(\.name)).count == tables.count else {
      throw Self.refused("names a table twice")
    }
  }

  /// Everything the file has must have a place here: nothing is dropped silently.
  func check(settings known: [String], tables: [TransferTable]) throws(RPCError) {
    let unknown = self.settings.members.map(\.name).filter { !known.contains($0) }
    var missing = unknown.map { "the setting \($0)" }
    for table in self.tables {
      guard let here = tables.first(where: { $0.name == table.name }) else {
        missing.append("the table \(table.name)")
        continue
      }
      for column in table.columns where !here.columns.contains(column) {
        missing.append("the column \(table.name).\(column)")
      }
    }
    guard !missing.isEmpty else { return }
    throw Self.refused(
      "has \(missing.prefix(5).joined(separator: ", ")), which this installation does not know: "
        + "use a server as new as the one that wrote it")
  }

  private static func refused(_ problem: String) -> RPCError {
    .invalid([FieldProblem(path: "begin.header", problem: problem)])
  }
}
