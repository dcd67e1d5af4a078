internal import JSON
internal import Postgres
internal import SalesRules

/// Somebody of the company, as `access.*` names them.
struct AccessPerson: Sendable {
  let person: Person
  let name: String

  /// From the columns of `AccessStatements.people`.
  init(_ row: Row) throws {
    person = Person(id: try row.integer(0), role: try row.word(2), isActive: try row.bool(3))
    name = try row.string(1)
  }

  var id: Int64 { person.id }

  func write(to writer: inout JSONWriter) {
    writer.member("user") {
      $0.member("id", id)
      $0.member("name", name)
    }
  }

  /// Everybody active whom the caller manages.
  static func managed(in scene: AccessScene, _ call: TenantCall) async throws -> [AccessPerson] {
    try await all(call).filter { $0.person.isActive && scene.manages(user: $0.id) }
  }

  static func all(_ call: TenantCall) async throws -> [AccessPerson] {
    try await call.read(AccessStatements.people(call.tenantParameter))[0].map(AccessPerson.init)
  }
}
