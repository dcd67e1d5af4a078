internal import SalesRules

/// A contact that an import's rows tell of: what is known of it, and what the rows add.
struct ImportedContact {
  let id: Int64
  let name: String
  let company: Int64?
  /// The phone numbers and e-mail addresses, as they are compared.
  private(set) var phones: [String]
  private(set) var emails: [String]
  /// What was added of them.
  private(set) var newPhone: (text: String?, number: PhoneNumber)?
  private(set) var newEmail: EmailAddress?

  init(
    id: Int64, name: String, company: Int64?, phones: [String] = [], emails: [String] = []
  ) {
    self.id = id
    self.name = name
    self.company = company
    self.phones = phones
    self.emails = emails
  }

  /// By what its cards are found, with what was added.
  var searchWords: SearchWords { SearchWords(contact: name, phones: phones, emails: emails) }

  var isAddedTo: Bool { newPhone != nil || newEmail != nil }

  /// Adds what the row knows and the contact lacks; what the row knows otherwise, which stays as it is.
  mutating func add(_ card: ImportedCard) -> [String] {
    var differences: [String] = []
    if let other = card.row.contact?.name, other != name {
      differences.append(Self.staying("name", name, not: other))
    }
    if let number = card.phone, !phones.contains(number.e164) {
      if let phone = phones.first {
        differences.append(Self.staying("phone number", phone, not: number.e164))
      } else {
        phones = [number.e164]
        newPhone = (card.row.contact?.phone.map(number.kept), number)
      }
    }
    if let address = card.email, !emails.contains(address.comparisonKey) {
      if let email = emails.first {
        differences.append(Self.staying("e-mail address", email, not: address.address))
      } else {
        emails = [address.comparisonKey]
        newEmail = address
      }
    }
    return differences
  }

  private static func staying(_ what: String, _ kept: String, not other: String) -> String {
    "the \(what) stays \(RowRejection.quoted(kept)), not \(RowRejection.quoted(other))"
  }
}
