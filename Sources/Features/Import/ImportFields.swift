internal import JSON
internal import JSONRPC
internal import SalesRules

/// Brings the texts of a row into the company's own fields.
enum ImportFields {
  /// The values in the form in which they are kept.
  static func values(
    _ texts: JSONObject, kind: CardKind, company: Company, lookup: ImportLookup
  ) throws(RowRejection) -> JSONObject {
    guard !texts.isEmpty else { return [:] }
    let fields = company.fields.filter { $0.cardKind == kind }
    var read = JSONObject()
    for member in texts.members {
      guard let field = fields.first(where: { $0.key == member.name }) else {
        throw RowRejection(
          "the company has no field \(RowRejection.quoted(member.name)) for \(kind.rawValue)s: make it "
            + "with field.create")
      }
      let text = try ImportRow.text(
        member.value, "the field \(field.key)", length: 10_000, lines: true)
      guard let text else { continue }
      read[field.key] = try json(text, field, company, lookup)
    }
    switch FieldValues.check(
      read, kind: kind, fields: company.fields, home: company.home, currency: company.currency)
    {
    case .success(let values):
      return JSONObject(values.compactMap { pair in pair.value.map { (pair.key, $0) } })
    case .failure(let failure):
      throw RowRejection(
        failure.problems.map { "\($0.path) \($0.problem)" }.joined(separator: "; "))
    }
  }

  /// A text as a request would give the value.
  private static func json(
    _ text: String, _ field: Field, _ company: Company, _ lookup: ImportLookup
  ) throws(RowRejection) -> JSON {
    switch field.type {
    case .text, .date, .datetime, .choice, .phone, .email, .link: return .string(text)
    case .number: return JSONNumber(text: text).map { .number($0) } ?? .string(text)
    case .money: return ["amount": .string(text), "currency": .string(company.currency)]
    case .multiChoice:
      return .array(text.split(separator: ";").map { .string(Self.trimmed($0)) })
    case .boolean:
      let word = text.lowercased()
      if ["true", "yes", "1", "да"].contains(word) { return true }
      if ["false", "no", "0", "нет"].contains(word) { return false }
      throw RowRejection("the field \(field.key) has to be yes or no")
    case .user: return .integer(try lookup.number(.person, text))
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
