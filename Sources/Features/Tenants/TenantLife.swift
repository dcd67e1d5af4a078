internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The ends of a company and the ways back: suspended and resumed, deleted and restored.
struct TenantLife {
  private let call: OperatorCall
  private let tenant: Tenant

  init(_ call: OperatorCall, _ tenant: Tenant) throws {
    self.call = call
    self.tenant = tenant
    try call.requireVersion(tenant.version)
  }

  func suspend() throws -> Work {
    try tenant.requireLiving()
    guard tenant.state != .suspended else { return unchanged }
    var after = tenant
    after.state = .suspended
    return changed(to: after, endingSupport)
  }

  /// The operator's looks into the company end for good.
  private var endingSupport: [BoundStatement] {
    [
      ContextStatements.server(.integer(tenant.id)),
      SupportStatements.endAll(.integer(tenant.id), .timestamp(call.now)),
    ]
  }

  func resume() throws -> Work {
    try tenant.requireLiving()
    guard tenant.state == .suspended else { return unchanged }
    return back(to: .active)
  }

  func delete() throws -> Work {
    guard tenant.state != .purging else { throw tenant.gone }
    var after = tenant
    let isImport = tenant.state == .importing
    let days =
      call.arguments[optional: TenantMembers.graceDays]
      ?? Int64(call.services.configuration.deletionGraceDays)
    after.purgeAt = isImport ? call.now : call.now.adding(seconds: days * 86_400)
    if tenant.state != .deleted { after.stateBefore = isImport ? nil : tenant.state }
    after.state = .deleted
    guard call.isDryRun else {
      var work = changed(to: after, endingSupport)
      work.beginsPurge = isImport || days == 0
      return work
    }
    return .nothing(
      RawJSON {
        $0.object {
          $0.member("dry_run", true)
          $0.member("tenant", after.slug)
          $0.member("purge_at", after.purgeAt)
        }
      })
  }

  func restore() throws -> Work {
    switch tenant.state {
    case .deleted: break
    case .active, .suspended: return unchanged
    case .purging, .importing: throw tenant.gone
    }
    // What an import had brought so far is no company.
    guard let end = tenant.purgeAt, call.now < end, let state = tenant.stateBefore else {
      throw tenant.gone
    }
    return back(to: state)
  }

  private var unchanged: Work { .nothing(RawJSON { tenant.write(to: &$0) }) }

  /// Whoever was logged in before logs in anew.
  private func back(to state: TenantState) -> Work {
    var after = tenant
    after.state = state
    after.stateBefore = nil
    after.purgeAt = nil
    return changed(
      to: after,
      [
        ContextStatements.server(.integer(tenant.id)),
        AuthenticationStatements.endAllSessions(.integer(tenant.id)),
      ])
  }

  private func changed(to after: Tenant, _ further: [BoundStatement]) -> Work {
    var work = after.changed(further)
    work.before = RawJSON { tenant.write(to: &$0) }
    return work
  }
}

extension Tenant {
  /// Refuses where the company is on its way out, or not there yet.
  func requireLiving() throws(RPCError) {
    switch state {
    case .active, .suspended: return
    case .deleted:
      guard stateBefore != nil else { throw gone }
      throw .conflict(
        "The company is deleted. Until its grace is over tenant.restore brings it back.")
    case .purging: throw gone
    case .importing:
      throw .conflict("The company is being imported. Wait for its end, or delete it.")
    }
  }

  /// There is no way back.
  fileprivate var gone: RPCError {
    state == .importing
      ? .conflict("The company is being imported. Wait for its end, or delete it.")
      : .conflict("The company's grace is over: it is being taken out of the database.")
  }
}
