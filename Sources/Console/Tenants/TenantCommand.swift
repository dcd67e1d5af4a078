internal import JSON

/// `voronka tenant …`: the operator's companies.
public struct TenantCommand: ConsoleCommand {
  /// What to do; tenants are given by their slugs.
  public enum Action: Sendable {
    /// All tenants.
    case list
    /// One of them.
    case show(String)
    /// A new one with its first admin.
    case create(TenantDraft)
    /// Another plan for one.
    case setPlan(tenant: String, plan: String)
    /// Nobody of it may do anything until it is resumed.
    case suspend(String)
    /// It goes on.
    case resume(String)
  }

  let action: Action

  /// A command on tenants.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let action = try withPassword(context)
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list: return try await list(session)
      case .show(let slug):
        return GenericAnswer.make(
          try await session.call("tenant.get", ["tenant": .string(slug)]), of: "tenant.get")
      case .create(let draft):
        return GenericAnswer.make(
          try await session.call("tenant.create", draft.params), of: "tenant.create")
      case .setPlan(let tenant, let plan):
        return GenericAnswer.make(
          try await session.call(
            "tenant.set_plan", ["tenant": .string(tenant), "plan": .string(plan)]),
          of: "tenant.set_plan")
      case .suspend(let slug):
        try context.confirm("Suspend tenant \(slug)? All its people are locked out at once.")
        return GenericAnswer.make(
          try await session.call("tenant.suspend", ["tenant": .string(slug)]), of: "tenant.suspend")
      case .resume(let slug):
        return GenericAnswer.make(
          try await session.call("tenant.resume", ["tenant": .string(slug)]), of: "tenant.resume")
      }
    }
    context.present(answer)
  }

  /// The first admin's password is asked for before anything is sent.
  private func withPassword(_ context: ConsoleContext) throws -> Action {
    guard case .create(var draft) = action else { return action }
    draft.password = try NewPassword.read(
      "Password for \(draft.email)", readsInput: draft.readsPasswordFromInput, context: context)
    return .create(draft)
  }

  private func list(_ session: Session) async throws -> Answer {
    let items = try await session.items("tenant.list")
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("slug"),
        .member("name"), .member("plan"), .member("state"), .member("currency"),
        .member("timezone"), .member("created_at", "CREATED"),
      ], ifEmpty: "No tenants yet.", origin: Origin("tenant.list", "items"))
  }
}
