internal import JSON

/// `voronka plan …`: the operator's tariffs.
public struct PlanCommand: ConsoleCommand {
  /// What to do; plans are given by their codes.
  public enum Action: Sendable {
    /// All plans.
    case list
    /// One of them.
    case show(String)
    /// A new one; all features where none is named.
    case create(PlanDraft)
    /// What is said of it changes, for every company on it, or only what would come of that is told.
    case update(PlanDraft, dryRun: Bool)
    /// No longer on offer; who has it keeps it.
    case retire(String)
  }

  let action: Action

  /// A command on plans.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list: return try await list(session)
      case .show(let code):
        return PlanView.answer(
          try await session.call("plan.get", ["code": .string(code)]), of: "plan.get")
      case .create(let draft):
        return PlanView.answer(
          try await session.call("plan.create", .object(try draft.members())), of: "plan.create")
      case .update(let draft, let dryRun):
        return try await update(draft, dryRun: dryRun, session: session, context: context)
      case .retire(let code):
        try context.confirm("Retire plan \(code)? It can no longer be chosen.")
        return PlanView.answer(
          try await session.call("plan.retire", ["code": .string(code)]), of: "plan.retire")
      }
    }
    context.present(answer)
  }

  /// Who would notice is asked about before anything changes.
  private func update(
    _ draft: PlanDraft, dryRun: Bool, session: Session, context: ConsoleContext
  ) async throws -> Answer {
    let members = try draft.members()
    var question = members
    question["dry_run"] = true
    let forecast = try await session.call("plan.update", .object(question))
    if dryRun { return Self.forecast(forecast) }
    let noticed = forecast["companies"]?.array ?? []
    if !noticed.isEmpty {
      let names = noticed.map { CellText.exact($0["tenant"]) }.joined(separator: ", ")
      try context.confirm(
        "Change plan \(draft.code)? \(noticed.count) companies notice: \(names). --dry-run tells what."
      )
    }
    return PlanView.answer(
      try await session.call("plan.update", .object(members)), of: "plan.update")
  }

  private static func forecast(_ forecast: JSON) -> Answer {
    let companies = forecast["companies"]?.array ?? []
    let names = { (list: String) in
      Listing.Column(list.uppercased()) { company in
        (company[list]?.array ?? []).map { CellText.plain($0["name"]) }.joined(separator: ", ")
      }
    }
    return Listing.answer(
      json: forecast, items: companies,
      columns: [
        .member("tenant"), names("freeze"), names("thaw"),
        Listing.Column("EXCEEDED") { company in
          (company["exceeded"]?.array ?? []).map {
            "\(CellText.plain($0["limit"])) \(CellText.exact($0["used"])) of \(CellText.exact($0["max"]))"
          }.joined(separator: ", ")
        },
        Listing.Column("FEATURES LOST") { company in
          (company["features_lost"]?.array ?? []).map { CellText.plain($0) }
            .joined(separator: ", ")
        },
        Listing.Column("KEPT SHORTER") { company in
          (company["kept_shorter"]?.array ?? []).map {
            "\(CellText.plain($0["what"])) \(CellText.exact($0["to"]))"
          }.joined(separator: ", ")
        },
      ], ifEmpty: "No company would notice.")
  }

  private func list(_ session: Session) async throws -> Answer {
    let items = try await session.items("plan.list")
    var names: [String] = []
    for item in items {
      for member in item["limits"]?.object?.members ?? [] where !names.contains(member.name) {
        names.append(member.name)
      }
    }
    let limits = names.map { name in
      Listing.Column(name.uppercased().replacing("_", with: " "), .right) { plan in
        guard let limit = plan["limits"]?[name] else { return "" }
        return limit.isNull ? "∞" : CellText.exact(limit)
      }
    }
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [.member("code"), .member("name")] + limits + [.member("retired")],
      ifEmpty: "No plans yet.", origin: Origin("plan.list", "items"))
  }
}
