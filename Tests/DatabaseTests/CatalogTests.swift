import Postgres
import TestSupport
import Testing

/// The catalog test: what the schema may not contain, each rule with a breach that it must find.
@Suite struct CatalogTests {
  static let rules =
    CatalogRule.relations + CatalogRule.policies + CatalogRule.functions + CatalogRule.tenancy
    + CatalogRule.privileges

  @Test(arguments: rules)
  func `The schema keeps the rule`(_ rule: CatalogRule) async throws {
    let database = try await Self.migrated.value
    #expect(try await breaches(of: rule, in: database) == [])
  }

  @Test(arguments: rules)
  func `A breach of the rule is found`(_ rule: CatalogRule) async throws {
    let database = try await TestDatabase.migrated()
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(rule.control)
    }
    #expect(try await breaches(of: rule, in: database).contains(rule.expected))
  }

  private static let migrated = Task { try await TestDatabase.migrated() }

  private func breaches(of rule: CatalogRule, in database: TestDatabase) async throws -> [String] {
    try await database.connected(as: database.superuser) { connection in
      try await connection.execute([rule.breaches()])[0].map { try $0.string(0) }
    }
  }
}
