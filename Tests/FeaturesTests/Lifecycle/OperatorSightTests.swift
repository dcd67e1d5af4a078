internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("What the operator sees")
struct OperatorSightTests {
  @Test("With the operator's scope no row of a company is seen in any table, nor changed")
  func scope() async throws {
    let scene = try await IsolationScene.make()
    let database = scene.company.installation.database
    let tables = try await TenantRows(scene.company).tables().filter { $0 != "tenant_version" }
    #expect(tables.count > 15)
    let door = """
      select set_config('voronka.scope', 'operator', true),
        set_config('voronka.tenant_id', '0', true);
      """
    try await database.connected(as: database.application) { connection in
      for table in tables {
        let seen = try await connection.executeScript(
          door + "select count(*) from voronka.\(table) where tenant_id <> 0;")
        #expect(try seen[1][0].integer(0) == 0, "\(table)")
      }
      for statement in [
        "update voronka.card set title = 'x'", "delete from voronka.contact",
        "update voronka.user_account set role = 'owner'", "delete from voronka.session",
      ] {
        let results = try await connection.executeScript(door + statement)
        #expect(results[1].affected == 0, "\(statement)")
      }
      // Control: the catalogue is the operator's.
      let catalogue = try await connection.executeScript(
        door + "select count(*) from voronka.tenant;")
      #expect(try catalogue[1][0].integer(0) == 2)
    }
    #expect(
      try await TenantRows(scene.company).text(
        "select count(*) from voronka.card where title <> 'x'") != "0")
  }

  @Test("No method of the operator's but the export tells anything that is in a company")
  func methods() async throws {
    let scene = try await IsolationScene.make()
    let client = scene.company.operatorClient
    for (method, cases) in IsolationCases.all where IsolationScene.kinds[method] == "operator" {
      guard method != "tenant.export" else { continue }
      for item in cases {
        let outcome = await IsolationScene.outcome(
          client, method, item.parameters(scene.own, scene.own))
        for mark in ["Alpha0", "alpha0", "+7916"] {
          #expect(!outcome.text.contains(mark), "\(method) tells \(outcome.text)")
        }
      }
    }
  }
}
