internal import Postgres

extension Dispatcher {
  /// Indexes what this server knows to be waiting for it.
  public func indexBacklog() async throws {
    for tenant in services.search.takeTouched().sorted() {
      while try await services.search.advance(tenant, services) {}
    }
  }

  /// The same for every company, whatever server left it.
  public func indexWholeBacklog() async throws {
    let tenants = try await services.reports.repeatable([
      ContextStatements.login(), HousekeepingStatements.tenants(),
    ])[1]
    for row in tenants { services.search.touch(try row.integer(0)) }
    try await indexBacklog()
  }
}
