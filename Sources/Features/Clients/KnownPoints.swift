internal import Postgres

/// Numbers and addresses of a client who may be new, and the contacts that have one of them.
///
/// What is decided on them is true only as long as nobody else makes such a contact. So the write holds them
/// first, and where another request was faster, this one is decided anew.
struct KnownPoints {
  private let values: [String]
  /// The contacts of the whole company, whoever sees them.
  private let contacts: [Int64]

  /// Whether the company knows the client.
  var isKnown: Bool { !contacts.isEmpty }

  /// Those that nobody has.
  init(unknown values: [String]) {
    self.values = values
    contacts = []
  }

  /// Looks them up.
  init(_ values: [String], _ call: TenantCall) async throws {
    self.values = values
    guard !values.isEmpty else {
      contacts = []
      return
    }
    let rows = try await call.readAsServer(
      KnownPointStatements.contacts(call.tenantParameter, .strings(values)))
    contacts = try rows[0].map { try $0.integer(0) }
  }

  /// What comes ahead of a write that was decided on them.
  func holding(tenant: Int64) -> [BoundStatement] {
    guard !values.isEmpty else { return [] }
    return [
      KnownPointStatements.hold(.integer(tenant), .strings(values), .integers(contacts))
    ]
  }
}
