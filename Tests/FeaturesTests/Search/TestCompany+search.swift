internal import JSON
internal import Postgres
internal import SalesRules
internal import TestSupport

@testable internal import Features

extension TestClient {
  /// All cards that a search finds, in its order.
  func found(_ query: String, _ more: JSONObject = [:], limit: Int64 = 500) async throws -> [Int64]
  {
    try await searched(query, more, limit: limit).compactMap { $0["card"]?["id"]?.int64 }
  }

  /// All items of a search, page by page.
  func searched(
    _ query: String, _ more: JSONObject = [:], limit: Int64 = 500
  ) async throws -> [JSON] {
    var params = more
    params["query"] = .string(query)
    params["limit"] = .integer(limit)
    var items: [JSON] = []
    while true {
      let page = try await call("card.search", params)
      items += page.items
      guard let next = page["next"], !next.isNull else { return items }
      params["after"] = next
    }
  }
}

extension TestCompany {
  /// Indexes everything, as the server does by and by.
  func indexAll() async throws {
    try await write(
      SearchTestStatements.begin(.integer(id), .strings(["card", "contact", "company"])))
    try await installation.dispatcher.indexWholeBacklog()
  }

  /// Where the words in the tables are not those that the texts give, computed from scratch.
  func wordFaults() async throws -> [String] {
    let fields = try await owner.all("field.list").compactMap { field -> Field? in
      let isIndexed = [field["searchable"], field["filterable"]].contains(true)
      guard isIndexed, let type = field["type"]?.string.flatMap(FieldType.init),
        let kind = field["for"]?.string.flatMap(CardKind.init)
      else { return nil }
      return Field(
        id: field.id, cardKind: kind, key: field["key"]?.string ?? "", name: "", type: type,
        choices: [], position: 0, isSearchable: field["searchable"] == true,
        isFilterable: field["filterable"] == true, version: 1)
    }
    var expected: Set<String> = []
    var kept: Set<String> = []
    for row in try await write(SearchTestStatements.things(.integer(id))) {
      let (kind, number) = (try row.string(0), try row.integer(1))
      let words: SearchWords
      switch kind {
      case "contact":
        words = SearchWords(
          contact: try row.string(2),
          phones: (try row.stringIfPresent(3) ?? "").split(separator: " ").map(String.init),
          emails: (try row.stringIfPresent(4) ?? "").split(separator: " ").map(String.init))
      case "company": words = SearchWords(company: try row.string(2))
      default:
        words = SearchWords(
          title: try row.string(2), fields: try JSONReader().read(try row.string(3)).object ?? [:],
          indexed: fields.filter { $0.cardKind.rawValue == kind }, home: .russia)
      }
      let name = ["contact", "company"].contains(kind) ? kind : "card"
      for word in words.sorted { expected.insert("\(name) \(number) \(word)") }
      for word in try row.strings(5) { kept.insert("\(name) \(number) \(word ?? "")") }
    }
    let rows = Set(
      try await write(SearchTestStatements.words(.integer(id))).map {
        "\(try $0.string(0)) \(try $0.integer(1)) \(try $0.string(2))"
      })
    return
      (rows.symmetricDifference(expected).map { "row: \($0)" }
      + kept.symmetricDifference(expected).map { "kept: \($0)" }).sorted()
  }
}

enum SearchTestStatements {
  static let begin = Statement(
    """
    insert into voronka.search_backlog (tenant_id, kind)
    select $1::bigint, k
    from unnest($2::text[]) k
    on conflict (tenant_id, kind) do update
    set after_id = 0
    """)

  static let backlog = Statement(
    """
    select count(*)
    from voronka.search_backlog
    where tenant_id = $1::bigint
    """)

  static let things = Statement(
    """
    select kind, id, title, fields::text, null, words
    from voronka.card
    where tenant_id = $1::bigint
    union all
    select 'contact', id, name, array_to_string(phone_normalised || further_phones_normalised, ' '),
      array_to_string(email_normalised || further_emails_normalised, ' '), words
    from voronka.contact
    where tenant_id = $1::bigint
    union all
    select 'company', id, name, null, null, words
    from voronka.company
    where tenant_id = $1::bigint
    """)

  static let words = Statement(
    """
    select 'card', card_id, word
    from voronka.card_word
    where tenant_id = $1::bigint
    union all
    select 'contact', contact_id, word
    from voronka.contact_word
    where tenant_id = $1::bigint
    union all
    select 'company', company_id, word
    from voronka.company_word
    where tenant_id = $1::bigint
    """)
}
