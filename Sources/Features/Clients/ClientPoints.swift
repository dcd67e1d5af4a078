internal import JSONRPC
internal import SalesRules

/// The phone numbers and e-mail addresses of a client: the first of each is the one to use.
enum ClientPoints {
  /// How many of each kind a client has at most.
  static let most = 20

  static let phone = Member<String>.text(
    "phone", length: 1...64,
    "A phone number, with its country's code or as the company's country writes it.")
  static let email = Member<String>.text("email", length: 1...254, "An e-mail address.")
  static let phones = Member<[String]>.array(
    "phones", of: phone, count: 0...most, "All phone numbers, the one to call first.")
  static let emails = Member<[String]>.array(
    "emails", of: email, count: 0...most, "All e-mail addresses, the one to write to first.")

  static let withPhone = phone.renamed("phone", "Only those with this number.")
  static let withEmail = email.renamed("email", "Only those with this address.")

  /// By what a client who keeps them is known again: each as it is compared, once.
  static func values(phones: [String], emails: [String]) -> [String] {
    Set(
      phones.compactMap { PhoneNumber(kept: $0)?.e164 }
        + emails.compactMap { EmailAddress($0)?.comparisonKey }
    ).sorted()
  }

  /// Of something new: the single ones first, then the others.
  static func given(
    _ arguments: Arguments, home: HomeCountry
  ) throws(RPCError) -> (phones: [String], emails: [String]) {
    let phones = arguments.has(Self.phones.name) ? arguments[optional: Self.phones] ?? [] : []
    let emails = arguments.has(Self.emails.name) ? arguments[optional: Self.emails] ?? [] : []
    let phone = arguments.has(Self.phone.name) ? arguments[optional: Self.phone] : nil
    let email = arguments.has(Self.email.name) ? arguments[optional: Self.email] : nil
    return try checked(
      phone: phone, phones: phones, email: email, emails: emails, within: "",
      Reading(home: home))
  }

  /// Of a client that has some: the single ones stand for the first one, the lists for all.
  static func changed(
    _ phones: [String], _ emails: [String], _ arguments: Arguments, home: HomeCountry
  ) throws(RPCError) -> (phones: [String], emails: [String]) {
    let (phone, allPhones) = (arguments.change(Self.phone), arguments.change(Self.phones))
    let (email, allEmails) = (arguments.change(Self.email), arguments.change(Self.emails))
    var problems: [FieldProblem] = []
    if phone.isChange, allPhones.isChange {
      problems.append(FieldProblem(path: "phones", problem: "can't come together with phone"))
    }
    if email.isChange, allEmails.isChange {
      problems.append(FieldProblem(path: "emails", problem: "can't come together with email"))
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    return try checked(
      phone: phone.value, phones: rest(phones, phone, allPhones),
      email: email.value, emails: rest(emails, email, allEmails), within: "",
      Reading(home: home, kept: Set(phones)))
  }

  /// What stands behind the new first one.
  private static func rest(
    _ present: [String], _ first: Change<String>, _ all: Change<[String]>
  ) -> [String] {
    switch all {
    case .set(let values): return values
    case .clear: return []
    case .unchanged: return first.isChange ? Array(present.dropFirst()) : present
    }
  }

  /// Of the contact that a new card names.
  static func checked(
    _ draft: ContactDraft, within path: String, home: HomeCountry
  ) throws(RPCError) -> (phones: [String], emails: [String]) {
    // One that came alone is told by the name under which it came.
    try checked(
      phone: draft.phones.count == 1 ? draft.phones[0] : nil,
      phones: draft.phones.count == 1 ? [] : draft.phones,
      email: draft.emails.count == 1 ? draft.emails[0] : nil,
      emails: draft.emails.count == 1 ? [] : draft.emails, within: path, Reading(home: home))
  }

  /// How phone numbers are read: as one writes them at home, but for those that are kept already.
  private struct Reading {
    let home: HomeCountry
    var kept: Set<String> = []

    func number(_ text: String) -> PhoneNumber? {
      kept.contains(text) ? PhoneNumber(kept: text) : PhoneNumber(text, home: home)
    }

    func problem(in text: String) -> ValueProblem? {
      number(text) == nil ? PhoneNumber.problem(in: text, home: home) : nil
    }

    /// The text that is kept.
    func keeping(_ text: String) -> String { number(text)?.kept(as: text) ?? text }
  }

  /// Refuses all that are none at once; what is there twice counts once.
  private static func checked(
    phone: String?, phones: [String], email: String?, emails: [String], within path: String,
    _ reading: Reading
  ) throws(RPCError) -> (phones: [String], emails: [String]) {
    var checks = ValueChecks()
    if let phone { checks.check(path + "phone", reading.problem(in: phone)) }
    for (index, phone) in phones.enumerated() {
      checks.check("\(path)phones[\(index)]", reading.problem(in: phone))
    }
    if let email { checks.check(path + "email", EmailAddress.problem(in: email)) }
    for (index, email) in emails.enumerated() {
      checks.check("\(path)emails[\(index)]", EmailAddress.problem(in: email))
    }
    try checks.finish()
    let result = (
      phones: distinct(([phone].compactMap(\.self) + phones).map(reading.keeping)) {
        PhoneNumber(kept: $0)?.e164
      },
      emails: distinct(
        ([email].compactMap(\.self) + emails).compactMap { EmailAddress($0)?.address }
      ) { EmailAddress($0)?.comparisonKey }
    )
    guard result.phones.count <= most, result.emails.count <= most else {
      throw .invalid([
        FieldProblem(
          path: path + (result.phones.count > most ? "phones" : "emails"),
          problem: "has to have at most \(most) elements")
      ])
    }
    return result
  }

  /// The first of those that are compared as the same.
  static func distinct(_ values: [String], by key: (String) -> String?) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert(key($0) ?? $0).inserted }
  }

  /// Two clients' numbers and addresses together, those of the first one first.
  static func joined(
    _ phones: [[String]], _ emails: [[String]]
  ) -> (phones: [String], emails: [String]) {
    (
      distinct(phones.flatMap(\.self)) { PhoneNumber(kept: $0)?.e164 },
      distinct(emails.flatMap(\.self)) { EmailAddress($0)?.comparisonKey }
    )
  }
}
