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
    /// Another plan for one, or only what would come of it.
    case setPlan(tenant: String, plan: String, dryRun: Bool)
    /// Nobody of it may do anything until it is resumed.
    case suspend(String)
    /// It goes on.
    case resume(String)
    /// It is locked out at once and gone after so many days, as many as the server was told without.
    case delete(String, graceDays: Int?)
    /// As long as its days last it comes back.
    case restore(String)
    /// How much of its plan it uses.
    case usage(String)
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
      case .setPlan(let tenant, let plan, let dryRun):
        return GenericAnswer.make(
          try await session.call(
            "tenant.set_plan",
            [
              "tenant": .string(tenant), "plan": .string(plan),
              "dry_run": dryRun ? true : .null,
            ]), of: dryRun ? nil : "tenant.set_plan")
      case .suspend(let slug):
        try context.confirm("Suspend tenant \(slug)? All its people are locked out at once.")
        return GenericAnswer.make(
          try await session.call("tenant.suspend", ["tenant": .string(slug)]), of: "tenant.suspend")
      case .resume(let slug):
        return GenericAnswer.make(
          try await session.call("tenant.resume", ["tenant": .string(slug)]), of: "tenant.resume")
      case .delete(let slug, let days):
        try context.confirm(
          "Delete tenant \(slug)? All its people are locked out at once; "
            + (days.map { "after \($0) days" } ?? "after its grace") + " all of it is gone.")
        return GenericAnswer.make(
          try await session.call(
            "tenant.delete",
            [
              "tenant": .string(slug), "grace_days": days.map { .integer(Int64($0)) } ?? .null,
            ]), of: "tenant.delete")
      case .restore(let slug):
        return GenericAnswer.make(
          try await session.call("tenant.restore", ["tenant": .string(slug)]), of: "tenant.restore")
      case .usage(let slug):
        return PlanView.usage(
          try await session.call("tenant.usage", ["tenant": .string(slug)]), of: "tenant.usage")
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
