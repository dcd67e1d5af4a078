internal import Postgres

/// In which stages the deals stand that are moved: every fourth of each company, all of them open.
struct Places: Sendable {
  private let firstTenant: Int64
  private let perTenant: Int
  private var stages: [Int64]

  /// Reads them.
  init(_ database: DedicatedConnection, ground: Ground) async throws {
    firstTenant = ground.firstTenant
    perTenant = ground.deals / 4
    stages = [Int64](repeating: 0, count: ground.tenants * perTenant)
    let rows = try await database.execute([GroundStatements.places(.integer(ground.deals))])
    for row in rows[0] {
      let place = index(tenant: try row.integer(0), card: try row.integer(1))
      stages[place] = try row.integer(2)
    }
  }

  private func index(tenant: Int64, card: Int64) -> Int {
    Int(tenant - firstTenant) * perTenant + Int(card / 4) - 1
  }

  subscript(tenant tenant: Int64, card card: Int64) -> Int64 {
    get { stages[index(tenant: tenant, card: card)] }
    set { stages[index(tenant: tenant, card: card)] = newValue }
  }
}
