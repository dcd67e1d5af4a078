internal import Postgres

/// Numbers and addresses of a client who may be new, and the contacts that have one of them.
///
/// What is decided on them is true only as long as nobody else makes such a contact. So the write holds them
/// first, and where another request was faster, this one is decided anew.
struct KnownPoints {
  private let values: [String]
  /// The contacts of the whole company, whoever sees them.
  private let contacts: [Int64]
  /// Whether a client's company has one of them.
  private let isOfCompany: Bool

  /// Whether the company knows the client.
  var isKnown: Bool { isOfCompany || !contacts.isEmpty }

  /// Whether it knows the client as a person.
  var isOfContact: Bool { !contacts.isEmpty }

  /// Those that nobody has.
  init(unknown values: [String]) {
    self.values = values
    contacts = []
    isOfCompany = false
  }

  /// Looks them up.
  init(_ values: [String], _ call: TenantCall) async throws {
    self.values = values
    guard !values.isEmpty else {
      contacts = []
      isOfCompany = false
      return
    }
    let asked: [Parameter] = [call.tenantParameter, .strings(values)]
    let rows = try await call.readAsServer(
      KnownPointStatements.contacts.bind(asked), KnownPointStatements.isOfCompany.bind(asked))
    contacts = try rows[0].map { try $0.integer(0) }
    isOfCompany = try rows[1][0].bool(0)
  }

  /// What comes ahead of a write that was decided on them.
  func holding(tenant: Int64) -> [BoundStatement] {
    guard !values.isEmpty else { return [] }
    return [
      KnownPointStatements.hold(.integer(tenant), .strings(values), .integers(contacts))
    ]
  }
}
