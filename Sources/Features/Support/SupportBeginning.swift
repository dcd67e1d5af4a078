internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `auth.assume` of the operator: looks into a company as one of its people, for a reason that the company
/// reads and for a time.
struct SupportBeginning {
  private let call: OperatorCall

  init(_ call: OperatorCall) {
    self.call = call
  }

  private struct Person {
    let email: String
    let name: String
    let role: TenantRole
  }

  func perform() async throws -> RawJSON {
    try requireMembers()
    let slug = call.arguments[optional: Assumption.tenant] ?? ""
    let user = call.arguments[Assumption.user]
    let reason = call.arguments[optional: Assumption.reason] ?? ""
    let tenants = try await call.read(TenantStatements.get(.text(slug)))[0]
    guard let row = tenants.first else { throw RPCError.notFound(what: "tenant") }
    let tenant = try Tenant(row)
    let person = try await person(user, of: tenant)
    let minutes = call.arguments[optional: Assumption.minutes] ?? Assumption.usualMinutes
    let end = call.now.adding(seconds: minutes * 60)
    let id = try await call.services.identities.next(.support, tenant: tenant.id)
    let work = Work(
      [
        ContextStatements.server(.integer(tenant.id)),
        SupportStatements.begin(
          .integer(tenant.id), .integer(id), .integer(user), .integer(call.token),
          .text(reason), .string(call.session.origin.address), .timestamp(call.now),
          .timestamp(end)),
      ],
      answer: RawJSON {
        $0.object {
          $0.member("id", id)
          $0.member("tenant", slug)
          $0.member("user", user)
          $0.member("reason", reason)
          $0.member("expires_at", end)
        }
      }, tenant: tenant.id)
    // In the installation's audit and in the company's, which nobody can rewrite.
    _ = try await call.services.writes.transaction(
      ContextStatements.forOperator(token: call.token) + call.audited(work, call.auditedRequest))
    call.session.bind(
      .support(
        tenant: tenant.id, user: user, access: id, operatorToken: call.token, until: end))
    return RawJSON {
      $0.object {
        $0.member("expires_at", end)
        $0.member("principal") {
          $0.userMembers(
            kind: "user", tenant: slug, user: user, email: person.email, name: person.name,
            role: person.role)
          $0.supportActor(id)
        }
      }
    }
  }

  private func requireMembers() throws {
    var problems: [FieldProblem] = []
    for name in [Assumption.tenant.name, Assumption.reason.name] where !call.arguments.has(name) {
      problems.append(FieldProblem(path: name, problem: "is missing"))
    }
    guard problems.isEmpty else { throw RPCError.invalidParams(problems) }
  }

  private func person(_ user: Int64, of tenant: Tenant) async throws -> Person {
    let rows = try await call.read(
      ContextStatements.server(.integer(tenant.id)),
      SupportStatements.person(.integer(tenant.id), .integer(user)))[1]
    guard let row = rows.first else { throw RPCError.notFound(what: "tenant") }
    let state: TenantState = try row.word(1)
    guard state == .active else {
      throw RPCError.frozen("The company is \(state.rawValue).", state: state.rawValue)
    }
    guard try row.bool(0) else {
      throw RPCError.forbidden(
        needs: "support_access",
        "The company has switched support off. Ask it to set support_access in its settings.")
    }
    guard !row.isNull(2) else { throw RPCError.notFound(what: "user") }
    guard try row.string(5) == "active" else {
      throw RPCError.invalid([FieldProblem(path: "user", problem: "is deactivated")])
    }
    return Person(email: try row.string(2), name: try row.string(3), role: try row.word(4))
  }
}
