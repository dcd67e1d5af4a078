extension Dispatcher {
  /// Seals the audit of the companies that this server has written to since it was last called; all
  /// finished changes are under a seal afterwards.
  public func sealAudit() async throws {
    try await AuditSealer(services: services, logger: logger).sealTouched()
  }

  /// Seals the audit of every company, what other servers left among it.
  public func sealWholeAudit() async throws {
    try await AuditSealer(services: services, logger: logger).sealAll()
  }
}
