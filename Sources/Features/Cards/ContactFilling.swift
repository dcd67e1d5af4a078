internal import Postgres
internal import SalesRules

/// What of a card's contact is known, as stages ask for it.
struct ContactFilling {
  var name: String?
  /// As they are compared.
  var phones: [String]
  var emails: [String]

  init(name: String?, phones: [String], emails: [String]) {
    self.name = name
    self.phones = phones
    self.emails = emails
  }

  /// From three columns of a row: name, numbers and addresses as they are compared.
  init(_ row: Row, from first: Int) throws {
    self.init(
      name: try row.stringIfPresent(first), phones: try row.strings(first + 1).compactMap(\.self),
      emails: try row.strings(first + 2).compactMap(\.self))
  }

  /// The keys of what is filled in.
  func filled(in company: Company) -> Set<String> {
    var filled: Set<CardField> = []
    if isNamed(in: company) { filled.insert(.name) }
    if !phones.isEmpty { filled.insert(.phone) }
    if !emails.isEmpty { filled.insert(.email) }
    return Set(filled.map(\.rawValue))
  }

  /// Whether anybody has asked for the name: a contact of whom only a number or an address is known is called by that.
  func isNamed(in company: Company) -> Bool {
    guard let name else { return false }
    let numbers = [PhoneNumber(name, home: company.home), PhoneNumber(kept: name)]
    return !numbers.contains { number in number.map { phones.contains($0.e164) } ?? false }
      && !(EmailAddress(name).map { emails.contains($0.comparisonKey) } ?? false)
  }
}
