internal import Postgres
internal import SalesRules

/// How a list comes upon the clients whose names begin as is asked for.
enum ClientNameIndex: Sendable, Equatable {
  /// It looks at the name of each that its other filters leave.
  case none
  /// It looks up the names that begin so, which are few.
  case places(FieldKeyRange)

  /// What is cheapest: names that begin with a common letter are not far between.
  static func of(
    _ beginning: String?, _ kind: SearchBacklog.Kind, _ call: TenantCall
  ) async throws -> ClientNameIndex {
    guard let beginning else { return .none }
    let range = FieldKeyRange(beginning: SearchKey.name(beginning))
    let most = call.services.configuration.rareWordPlaces
    let statement =
      kind == .contact ? ContactStatements.countNames : ClientCompanyStatements.countNames
    let rows = try await call.readAsServer(
      statement(
        call.tenantParameter, .text(range.lower), .text(range.upper), .integer(most + 1)))[0]
    return try rows[0].bool(1) || rows[0].integer(0) > most ? .none : .places(range)
  }

  /// Behind the list's own.
  var parameters: [Parameter] {
    switch self {
    case .none: []
    case .places(let range): [.text(range.lower), .text(range.upper)]
    }
  }
}
