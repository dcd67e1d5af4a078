internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The client's company.
struct ClientCompany: Sendable, Equatable {
  let id: Int64
  var name: String
  /// What else is known of it, by key.
  var fields: JSONObject
  /// As people wrote them, the most important one first.
  var phones: [String] = []
  var emails: [String] = []
  let createdBy: Int64?
  let createdAt: Timestamp
  var version: Int64

  static let schema = Schema.object(
    [
      "id": .identifier, "name": .string, "fields": .anyObject,
      "phones": .array(of: .string), "emails": .array(of: .string),
      "created_by": Schema.identifier.nullable, "created_at": .timestamp, "version": .integer,
    ], required: ["id", "name", "fields", "phones", "emails", "version"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.name("fields")
      $0.value(fields)
      $0.member("phones", phones)
      $0.member("emails", emails)
      $0.member("created_by", createdBy)
      $0.member("created_at", createdAt)
      $0.member("version", version)
    }
  }

  /// The company alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }

  /// Everything by which the company is known again, its name as `=name`.
  var points: [String] {
    ["=" + CompanyName.comparisonKey(name)] + ClientPoints.values(phones: phones, emails: emails)
  }

  /// What writes it over the version that was read.
  func update(from version: Int64, tenant: Int64) -> BoundStatement {
    ClientCompanyStatements.update(
      .integer(tenant), .integer(id), .integer(version), .text(name), fieldsParameter,
      .strings(phones), .strings(emails), .strings(points))
  }

  /// The fields as a parameter.
  var fieldsParameter: Parameter { .bytes(RawJSON(.object(fields)).bytes) }
}

extension ClientCompany {
  /// From the columns that `ClientCompanyStatements` selects.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), name: try row.string(1),
      fields: try JSONReader().read(try row.string(2)).object ?? [:],
      phones: try row.strings(6).compactMap(\.self),
      emails: try row.strings(7).compactMap(\.self), createdBy: try row.integerIfPresent(3),
      createdAt: try row.timestamp(4), version: try row.integer(5))
  }
}
