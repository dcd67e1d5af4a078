internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("How a search is carried out")
struct SearchPlanTests {
  @Test("As the application's role, behind the policies, a prefix is a range of the index")
  func plans() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги")
    let seller = try await company.member(
      "seller", .init(pipeline: pipeline.id, actions: ["view"], cards: "own"))
    let services = company.installation.dispatcher.services
    let entry = try #require(try await services.directory.entry(company.id))
    let standing = try #require(try await services.directory.standing(of: seller.id, in: entry))
    for table in ["card", "contact", "company"] {
      let plan = try await company.installation.database.connected(
        as: company.installation.database.application
      ) { connection in
        try await connection.execute([
          standing.readContext, ImportStatements.planByIndex(), Self.explain(table)(),
        ])[2].map { try $0.string(0) }
      }
      let text = plan.joined(separator: "\n")
      let condition = try #require(plan.first { $0.contains("Index Cond") && $0.contains("word") })
      #expect(text.contains("\(table)_word_pkey"), "\(text)")
      // The company and both ends of the range stand in the index condition, not in a filter behind it.
      #expect(
        condition.contains("tenant_id = ") && condition.contains("word >= ")
          && condition.contains("word < "), "\(text)")
    }
  }

  private static func explain(_ table: String) -> Statement {
    switch table {
    case "card":
      Statement(
        """
        explain (costs off)
        select card_id
        from card_word
        where tenant_id = 1
          and word >= 'кухн' collate "C"
          and word < 'кухн' || chr(1114111) collate "C"
        """)
    case "contact":
      Statement(
        """
        explain (costs off)
        select contact_id
        from contact_word
        where tenant_id = 1
          and word >= 'кухн' collate "C"
          and word < 'кухн' || chr(1114111) collate "C"
        """)
    default:
      Statement(
        """
        explain (costs off)
        select company_id
        from company_word
        where tenant_id = 1
          and word >= 'кухн' collate "C"
          and word < 'кухн' || chr(1114111) collate "C"
        """)
    }
  }
}
