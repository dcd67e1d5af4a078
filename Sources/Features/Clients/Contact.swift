internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A person on the client's side.
struct Contact: Sendable, Equatable {
  let id: Int64
  var name: String
  /// As people wrote it.
  var phone: String?
  /// As people wrote it, the domain in small letters.
  var email: String?
  /// The client's company.
  var company: Int64?
  let createdBy: Int64?
  let createdAt: Timestamp
  var version: Int64

  /// The phone number as it is compared and dialled, without an extension.
  var phoneE164: String? { phone.flatMap { PhoneNumber($0)?.e164 } }

  /// The e-mail address as it is compared.
  var emailKey: String? { email.flatMap { EmailAddress($0)?.comparisonKey } }

  static let schema = Schema.object(
    [
      "id": .identifier, "name": .string, "phone": Schema.string.nullable,
      "phone_e164": Schema.string.nullable, "email": Schema.string.nullable,
      "company": Schema.identifier.nullable, "created_by": Schema.identifier.nullable,
      "created_at": .timestamp, "version": .integer,
    ], required: ["id", "name", "phone", "email", "company", "version"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.member("phone", phone)
      $0.member("phone_e164", phoneE164)
      $0.member("email", email)
      $0.member("company", company)
      $0.member("created_by", createdBy)
      $0.member("created_at", createdAt)
      $0.member("version", version)
    }
  }

  /// The contact alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }
}

extension Contact {
  /// From the columns that `ContactStatements` selects.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), name: try row.string(1), phone: try row.stringIfPresent(2),
      email: try row.stringIfPresent(3), company: try row.integerIfPresent(4),
      createdBy: try row.integerIfPresent(5), createdAt: try row.timestamp(6),
      version: try row.integer(7))
  }

  /// What is written of it besides keys: name, phone and e-mail with their compared forms, company.
  var parameters: [Parameter] {
    [
      .text(name), .string(phone), .string(phoneE164), .string(email), .string(emailKey),
      .integer(company),
    ]
  }
}
