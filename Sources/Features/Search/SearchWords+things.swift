internal import JSON
internal import Postgres
internal import SalesRules

extension SearchWords {
  /// Of a card: its title, what its searchable fields hold, and the keys of those that lists are filtered by.
  init(title: String, fields: JSONObject, indexed: [Field], home: HomeCountry) {
    self.init(home: home)
    add(title)
    for field in indexed {
      guard let value = fields[field.key] else { continue }
      if field.isSearchable { add(value, of: field.type) }
      if field.isFilterable { for key in field.filterKeys(of: value) { add(key: key) } }
    }
  }

  /// Of a contact, numbers and addresses in any spelling.
  init(contact name: String, phones: [String], emails: [String]) {
    self.init()
    add(name)
    add(key: SearchKey.name(name))
    add(phones: phones, emails: emails)
  }

  /// Of a text alone.
  init(of text: String) {
    self.init()
    add(text)
  }

  /// Of a client's company.
  init(company name: String, phones: [String] = [], emails: [String] = []) {
    self.init()
    add(name)
    add(key: SearchKey.name(name))
    add(phones: phones, emails: emails)
  }

  private mutating func add(phones: [String], emails: [String]) {
    for number in phones.compactMap({ PhoneNumber(kept: $0) }) { add(number) }
    for address in emails.compactMap({ EmailAddress($0) }) { add(address) }
  }

  /// Takes in what a field holds.
  mutating func add(_ value: JSON, of type: FieldType) {
    switch (type, value) {
    case (.phone, .string(let text)): if let number = PhoneNumber(kept: text) { add(number) }
    case (.email, .string(let text)): if let address = EmailAddress(text) { add(address) }
    case (.multiChoice, .array(let choices)): for choice in choices { add(choice.string ?? "") }
    case (.number, .number(let number)): add(number.text)
    case (_, .string(let text)) where type.isOfWords: add(text)
    default: break
    }
  }

  /// With spaces between; no word has one.
  var joined: String { sorted.joined(separator: " ") }
}

extension Card {
  /// By what it is found.
  func searchWords(in company: Company) -> SearchWords {
    SearchWords(title: title, fields: fields, indexed: company.indexed(kind), home: company.home)
  }
}

extension Contact {
  /// By what its cards are found.
  var searchWords: SearchWords { SearchWords(contact: name, phones: phones, emails: emails) }

  /// What writes its words where they are others than before: ahead of the change itself.
  func rewording(from before: Contact, tenant: Int64) -> [BoundStatement] {
    guard searchWords != before.searchWords else { return [] }
    return [
      SearchWordStatements.contacts.bind(WordChanges((id, searchWords)).parameters(of: tenant))
    ]
  }
}

extension ClientCompany {
  /// By what its cards are found.
  var searchWords: SearchWords { SearchWords(company: name, phones: phones, emails: emails) }

  /// What writes its words where they are others than before: ahead of the change itself.
  func rewording(from before: ClientCompany, tenant: Int64) -> [BoundStatement] {
    guard searchWords != before.searchWords else { return [] }
    return [
      SearchWordStatements.companies.bind(WordChanges((id, searchWords)).parameters(of: tenant))
    ]
  }
}
