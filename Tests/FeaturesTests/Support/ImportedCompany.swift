internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport

/// A company into which an import is running, with a pipeline of the stages A, B, C, Won and Lost.
struct ImportedCompany {
  static let stages: JSON = [
    ["name": "A"], ["name": "B"], ["name": "C"], ["name": "Won", "kind": "won"],
    ["name": "Lost", "kind": "lost"],
  ]
  static let kinds: JSON = ["company", "product", "person", "deal"]

  let company: TestCompany
  let id: Int64
  let pipeline: Int64

  /// A company of its own with an import that has begun.
  static func make(
    _ installation: TestInstallation? = nil, slug: String = "mebel", limits: JSON = [:],
    dryRun: Bool = false
  ) async throws -> ImportedCompany {
    let installation =
      if let installation { installation } else { try await TestInstallation.make() }
    return try await begin(
      installation.company(slug, limits: limits), dryRun: dryRun)
  }

  /// Another import into a company.
  static func begin(
    _ company: TestCompany, source: String = "crm", pipeline: JSON? = nil, dryRun: Bool = false,
    skipsGate: Bool = true
  ) async throws -> ImportedCompany {
    let begun = try await company.owner.call(
      "import.begin",
      [
        "source": .string(source), "kinds": kinds, "dry_run": .bool(dryRun),
        "skip_gate": .bool(skipsGate),
        "pipeline": pipeline ?? ["name": "Sales", "stages": stages],
      ])
    return ImportedCompany(
      company: company, id: begun["id"]?.int64 ?? 0, pipeline: begun["pipeline"]?.int64 ?? 0)
  }

  /// Sends rows, numbered from 2 on as the lines of a file with a heading are.
  @discardableResult
  func send(_ kind: String, _ rows: [JSON]) async throws -> JSON {
    let numbered = rows.enumerated().map { index, row -> JSON in
      guard var object = row.object else { return row }
      if object["line"] == nil { object["line"] = .integer(index + 2) }
      return .object(object)
    }
    return try await company.owner.call(
      "import.rows",
      ["import": .integer(id), "kind": .string(kind), "rows": .array(numbered)])
  }

  /// Every card of the pipeline by title.
  func cards(_ kind: String = "deal") async throws -> [String: JSON] {
    let list = try await company.owner.call("\(kind).list", ["limit": 500])
    return Dictionary(
      (list["items"]?.array ?? []).map { ($0["title"]?.string ?? "", $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The funnel with filters.
  func funnel(_ filters: JSONObject = [:], by client: TestClient? = nil) async throws -> JSON {
    var parameters = filters
    parameters["pipeline"] = .integer(pipeline)
    return try await (client ?? company.owner).call("report.funnel", parameters)
  }

  /// The names of the pipeline's stages by id, as the board gives them.
  func stageNames() async throws -> [Int64: String] {
    let board = try await company.owner.call("deal.board", ["pipeline": .integer(pipeline)])
    return Dictionary(
      uniqueKeysWithValues: (board["stages"]?.array ?? []).compactMap { stage in
        guard let id = stage["stage"]?.int64, let name = stage["name"]?.string else { return nil }
        return (id, name)
      })
  }

  /// One number that a query gives, as the superuser.
  func number(_ query: String) async throws -> Int64 {
    try await company.installation.database.connected(
      as: company.installation.database.superuser
    ) { connection in
      try await connection.executeScript(query)[0][0].integer(0)
    }
  }
}
