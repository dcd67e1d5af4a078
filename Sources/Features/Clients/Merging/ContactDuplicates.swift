internal import Postgres

/// Contacts that have a number or an address of a new one.
enum ContactDuplicates {
  private static let most: Int64 = 100

  /// Their ids, as far as the caller sees them.
  static func ids(of contact: Contact, _ call: TenantCall) async throws -> [Int64] {
    guard !contact.points.isEmpty else { return [] }
    let rows = try await call.read(
      ContactStatements.sharing(call.tenantParameter, .strings(contact.points), .integer(most)))
    return try rows[0].map { try $0.integer(0) }
  }
}
