internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A card that was found, and by what of it.
struct SearchMatch {
  /// `number`, `title`, `contact`, `phone`, `email`, `company`, or `fields.` and a key.
  let members: [String]
  private let row: Row
  /// The first column behind the card's.
  private static let client = CardStatements.width

  /// From the columns of `CardSearchStatements`.
  init(_ row: Row, query: SearchQuery, company: Company) throws {
    self.row = row
    var members: [String] = []
    let note = { (name: String, words: SearchWords) in
      if query.asksFor(words) { members.append(name) }
    }
    let id = try row.integer(0)
    if query.terms.contains(where: { $0.number == id }) { members.append("number") }
    note(
      "title",
      SearchWords(title: try row.string(5), fields: [:], indexed: [], home: company.home))
    let kind: CardKind = try row.word(1)
    let searchable = company.searchable(kind)
    if !searchable.isEmpty {
      let fields = try row.withBytes(11) { try JSONReader().read($0) }
      for field in searchable {
        guard let value = fields[field.key] else { continue }
        var words = SearchWords(home: company.home)
        words.add(value, of: field.type)
        note("fields.\(field.key)", words)
      }
    }
    note("contact", SearchWords(company: try row.stringIfPresent(Self.client + 1) ?? ""))
    note(
      "phone",
      SearchWords(
        contact: "", phones: try row.strings(Self.client + 4).compactMap(\.self), emails: []))
    note(
      "email",
      SearchWords(
        contact: "", phones: [], emails: try row.strings(Self.client + 5).compactMap(\.self)))
    note("company", SearchWords(company: try row.stringIfPresent(Self.client + 7) ?? ""))
    self.members = members
  }

  /// Its contact, as far as a person telling cards apart wants to know it.
  func writeContact(to writer: inout JSONWriter) throws {
    guard let id = try row.integerIfPresent(Self.client) else { return writer.null() }
    try writer.object {
      $0.member("id", id)
      $0.member("name", try row.string(Self.client + 1))
      $0.member("phone", try row.stringIfPresent(Self.client + 2))
      $0.member("email", try row.stringIfPresent(Self.client + 3))
    }
  }

  /// Its client's company.
  func writeCompany(to writer: inout JSONWriter) throws {
    guard let id = try row.integerIfPresent(Self.client + 6) else { return writer.null() }
    try writer.object {
      $0.member("id", id)
      $0.member("name", try row.string(Self.client + 7))
    }
  }
}
