internal import Demo
internal import JSON
internal import Postgres
internal import SalesRules
internal import VoronkaClient

/// The company of the section `search`, of so many deals.
struct SearchCompany {
  /// How many cards the member has who sees cards of their own alone.
  static let newcomersCards = 20
  /// The keys of its fields.
  static let material = "material"
  static let area = "area"
  /// How many values the number has.
  static let areas: Int64 = 100_000
  /// Where 8 stands in front of phone numbers.
  private static let timezone = "Europe/Moscow"

  let filler: Filler

  private var deals: Int64 { Int64(filler.options.deals) }
  var contacts: Int64 { deals * 2 / 5 }
  var clients: Int64 { deals / 10 }

  /// The member who sees their own cards alone.
  static func newcomersEmail(in company: BenchmarkCompany) -> String {
    "newcomer@\(company.slug).example"
  }

  /// Makes it: the company and its fields over the wire, all that is in it by statements, without words yet.
  func fill(_ connection: ServerConnection, _ installation: BenchmarkInstallation) async throws {
    try await filler.makeCompanies(connection, timezone: Self.timezone)
    try await makeFields(installation)
    let tenant: Parameter = 1
    _ = try await installation.database.execute(
      filler.design(clients: 0) + [
        PreparationStatements.joinTeams(), SearchFillStatements.newcomer(tenant),
        SearchFillStatements.newcomersTeam(tenant),
        SearchFillStatements.newcomersMembership(tenant),
        SearchFillStatements.newcomersGrants(tenant),
        SearchFillStatements.companies(
          tenant, .integer(clients), .strings(SearchVocabulary.syllables),
          .strings(SearchVocabulary.trades)),
        SearchFillStatements.contacts(
          tenant, .integer(contacts), .strings(SearchVocabulary.firstNames),
          .strings(SearchVocabulary.lastNames), .integer(clients)),
        SearchFillStatements.deals.bind([
          tenant, .integer(deals), .string(filler.now.description), .integer(clients),
          .integer(Filler.sellers), .integer(contacts),
          .integer(deals / Int64(Self.newcomersCards)), .strings(SearchVocabulary.common),
          .strings(SearchVocabulary.rare), .strings(SearchVocabulary.usualMaterials),
          .integer(Self.areas),
        ]),
        FillStatements.stays(tenant), FillStatements.identities(),
        SearchFillStatements.backlog(tenant),
      ])
  }

  private func makeFields(_ installation: BenchmarkInstallation) async throws {
    let company = try filler.company(1)
    let connection = try await installation.connection()
    _ = try await BenchmarkInstallation.token(of: company.adminEmail, in: company, connection)
    let materials = SearchVocabulary.usualMaterials + SearchVocabulary.otherMaterials
    _ = try await connection.call(
      "field.create",
      [
        "for": "deal", "key": .string(Self.material), "name": "Material", "type": "choice",
        "choices": .array(materials.map { .string($0) }), "filterable": true, "searchable": true,
      ])
    _ = try await connection.call(
      "field.create",
      [
        "for": "deal", "key": .string(Self.area), "name": "Area", "type": "number",
        "filterable": true,
      ])
    await connection.close()
  }
}
