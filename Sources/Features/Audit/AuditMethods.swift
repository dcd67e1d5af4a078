internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `audit.*`: who changed what, and the proof that it is what the server wrote.
enum AuditMethods {
  static let all = [list, verify]

  private static let list = Method(
    "audit.list", "What was changed, by whom and from where, the newest first.",
    details: "For owners and admins, of their company; for the operator, what operators changed. "
      + "`before` and `after` are the thing as its method gives it, null where there is none or "
      + "where a contact's data were erased.",
    takes: AuditListing.members, gives: Shapes.page(of: AuditRow.schema), errors: [.forbidden],
    feature: .audit,
    .anyPrincipal(
      operator: { call in
        let listing = try AuditListing(call.arguments, try Page(call), tenant: 0)
        return try listing.result(try await call.read(listing.statement)[0])
      },
      tenant: { call in
        try requireAdmin(call)
        let listing = try AuditListing(
          call.arguments, try Page(call), tenant: call.tenant)
        return try listing.result(try await call.read(listing.statement)[0])
      }))

  private static let verify = Method(
    "audit.verify", "Looks whether the audit is whole: no row altered, made up or removed.",
    details: "Reads all of it. A row is found altered at once, and removed once its range is "
      + "sealed, some seconds after it was written. Keep `last_seal` elsewhere and give it back "
      + "later as known_seal and known_mac: then not even the end can have been cut off unseen.",
    takes: [.optional(AuditMembers.knownSeal), .optional(AuditMembers.knownMAC)],
    gives: AuditVerification.schema, errors: [.forbidden],
    feature: .audit,
    .anyPrincipal(
      operator: { call in
        try await AuditVerification(
          tenant: 0, services: call.services, known: try known(call.arguments),
          read: { try await call.report($0) }
        ).answer()
      },
      tenant: { call in
        try requireAdmin(call)
        return try await AuditVerification(
          tenant: call.tenant, services: call.services, known: try known(call.arguments),
          read: { try await call.report($0) }
        ).answer()
      }))

  private static func requireAdmin(_ call: TenantCall) throws(RPCError) {
    guard !call.standing.holdsEverything else { return }
    throw .forbidden(needs: "admin", "Only an owner or admin of the company may do this.")
  }

  private static func known(_ arguments: Arguments) throws(RPCError) -> (Int64, String)? {
    let (seal, mac) = (
      arguments[optional: AuditMembers.knownSeal], arguments[optional: AuditMembers.knownMAC]
    )
    guard (seal == nil) == (mac == nil) else {
      throw .invalidParams([
        FieldProblem(path: "known_seal", problem: "and known_mac stand together or not at all")
      ])
    }
    guard let seal, let mac else { return nil }
    return (seal, mac)
  }
}
