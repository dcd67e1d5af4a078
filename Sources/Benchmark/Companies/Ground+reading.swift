internal import Features
internal import Postgres

extension Ground {
  /// Looks at what is there; throws where companies differ, because then the reference's figures and the
  /// server's would not be of the same thing.
  static func read(_ database: DedicatedConnection, deals: Int) async throws -> Ground {
    let counted = try await database.execute([
      GroundStatements.tenants(), GroundStatements.deals(.integer(deals)),
      GroundStatements.differences(),
    ])
    guard let tenants = counted[0].first, let cards = counted[1].first,
      let differences = counted[2].first
    else { throw BenchmarkError("the database did not say what is in it") }
    let (first, last) = (try tenants.integer(0), try tenants.integer(1))
    let count = Int(try tenants.integer(2))
    guard last - first + 1 == Int64(count) else {
      throw BenchmarkError("the companies' numbers have gaps: begin anew in an empty folder")
    }
    guard try cards.integer(0) == Int64(deals), try cards.integer(1) == Int64(deals) else {
      throw BenchmarkError(
        "not every company has deals 1 to \(deals): begin anew in an empty folder, or say --fill sql"
      )
    }
    for column in 0...2 where try differences.integer(column) != 1 {
      throw BenchmarkError("the companies are not alike: begin anew in an empty folder")
    }
    let company = Parameter.integer(first)
    let details = try await database.execute([
      GroundStatements.stages(company), GroundStatements.people(company),
      GroundStatements.converted(company),
    ])
    guard let people = details[1].first else { throw BenchmarkError("there is no company") }
    let member = try people.integer(2)
    let rights = try await database.execute([
      BenchmarkStatements.rights(company, .integer(member)),
      BenchmarkStatements.lastPerson(company), GroundStatements.differentRights(.integer(member)),
    ])
    guard try rights[2].first?.integer(0) == 1 else {
      throw BenchmarkError("the sellers' rights differ: begin anew in an empty folder")
    }
    return Ground(
      firstTenant: first, tenants: count, deals: deals, version: try people.integer(0),
      pipelines: try pipelines(details[0]), owner: try people.integer(1), member: member,
      rights: try BenchmarkRights(rights[0], lastPerson: rights[1]),
      converted: try details[2].first?.integer(0) ?? 0)
  }

  private static func pipelines(_ rows: Rows) throws -> [Pipeline] {
    var stages: [(pipeline: Int64, id: Int64, isOpen: Bool)] = []
    for row in rows {
      stages.append((try row.integer(0), try row.integer(1), try row.string(2) == "open"))
    }
    return Set(stages.map(\.pipeline)).sorted().map { id in
      let own = stages.filter { $0.pipeline == id }
      return Pipeline(id: id, stages: own.map(\.id), open: own.filter(\.isOpen).map(\.id))
    }
  }
}
