internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A person on the client's side.
struct Contact: Sendable, Equatable {
  let id: Int64
  var name: String
  /// As people wrote them, the most important one first.
  var phones: [String] = []
  /// As people wrote them, the domains in small letters.
  var emails: [String] = []
  /// The client's company.
  var company: Int64?
  let createdBy: Int64?
  let createdAt: Timestamp
  var version: Int64

  /// The first phone number.
  var phone: String? { phones.first }

  /// The first e-mail address.
  var email: String? { emails.first }

  /// The phone number as it is compared and dialled, without an extension.
  var phoneE164: String? { phone.flatMap { PhoneNumber(kept: $0)?.e164 } }

  /// The e-mail address as it is compared.
  var emailKey: String? { email.flatMap { EmailAddress($0)?.comparisonKey } }

  /// Everything by which the contact is known again.
  var points: [String] { ClientPoints.values(phones: phones, emails: emails) }

  /// What of it stages may ask for.
  var filling: ContactFilling {
    ContactFilling(
      name: name, phones: phones.compactMap { PhoneNumber(kept: $0)?.e164 },
      emails: emails.compactMap { EmailAddress($0)?.comparisonKey })
  }

  private static let members: [(String, Schema)] = [
    ("id", .identifier), ("name", .string), ("phone", Schema.string.nullable),
    ("phone_e164", Schema.string.nullable), ("email", Schema.string.nullable),
    ("phones", .array(of: .string)), ("emails", .array(of: .string)),
    ("company", Schema.identifier.nullable), ("created_by", Schema.identifier.nullable),
    ("created_at", .timestamp), ("version", .integer),
  ]
  private static let required = [
    "id", "name", "phone", "email", "phones", "emails", "company", "version",
  ]

  static let schema = Schema.object(properties: members, required: required)

  /// A new one, with those whose number or address it has.
  static let newSchema = Schema.object(
    properties: members + [("duplicates", .array(of: .identifier))],
    required: required + ["duplicates"])

  func write(to writer: inout JSONWriter, duplicates: [Int64]? = nil) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.member("phone", phone)
      $0.member("phone_e164", phoneE164)
      $0.member("email", email)
      $0.member("phones", phones)
      $0.member("emails", emails)
      $0.member("company", company)
      $0.member("created_by", createdBy)
      $0.member("created_at", createdAt)
      $0.member("version", version)
      if let duplicates {
        $0.name("duplicates")
        $0.array { for id in duplicates { $0.value(id) } }
      }
    }
  }

  /// The contact alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }
}

extension Contact {
  /// From the columns that `ContactStatements` selects.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), name: try row.string(1),
      phones: try row.strings(2).compactMap(\.self), emails: try row.strings(3).compactMap(\.self),
      company: try row.integerIfPresent(4), createdBy: try row.integerIfPresent(5),
      createdAt: try row.timestamp(6), version: try row.integer(7))
  }

  /// What is written of it besides keys: name, phone and e-mail with their compared forms, company.
  var parameters: [Parameter] {
    [
      .text(name), .string(phone), .string(phoneE164), .string(email), .string(emailKey),
      .integer(company),
    ]
  }

  /// Its further numbers and addresses, each with its compared forms, and by what it is known again.
  var pointParameters: [Parameter] {
    let (phones, emails) = (phones.dropFirst(), emails.dropFirst())
    return [
      .strings(phones), .strings(phones.map { PhoneNumber(kept: $0)?.e164 ?? $0 }),
      .strings(emails),
      .strings(emails.map { EmailAddress($0)?.comparisonKey ?? $0 }), .strings(points),
    ]
  }

  /// What writes it as a new one.
  func insertion(tenant: Int64) -> BoundStatement {
    ContactStatements.insert.bind(
      [.integer(tenant), .integer(id)] + parameters
        + [.integer(createdBy), .timestamp(createdAt), .strings(searchWords.sorted)]
        + pointParameters)
  }
}
