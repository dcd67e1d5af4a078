internal import JSON

/// `voronka plan …`: the operator's tariffs.
public struct PlanCommand: ConsoleCommand {
  /// What to do; plans are given by their codes.
  public enum Action: Sendable {
    /// All plans.
    case list
    /// One of them.
    case show(String)
    /// A new one; limits as `name=number` or `name=none`.
    case create(code: String, name: String, limits: [String])
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
        return GenericAnswer.make(
          try await session.call("plan.get", ["code": .string(code)]), of: "plan.get")
      case .create(let code, let name, let limits):
        return GenericAnswer.make(
          try await session.call(
            "plan.create",
            ["code": .string(code), "name": .string(name), "limits": try Self.limits(limits)]),
          of: "plan.create")
      case .retire(let code):
        try context.confirm("Retire plan \(code)? It can no longer be chosen.")
        return GenericAnswer.make(
          try await session.call("plan.retire", ["code": .string(code)]), of: "plan.retire")
      }
    }
    context.present(answer)
  }

  private static func limits(_ arguments: [String]) throws -> JSON {
    var limits = JSONObject()
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      let number = parts.count == 2 ? Int64(parts[1]) : nil
      guard parts.count == 2, number != nil || parts[1] == "none" else {
        throw ConsoleFailure.usage("\"\(argument)\" is no limit: write users=10 or users=none.")
      }
      limits[parts[0]] = number.map { .integer($0) } ?? .null
    }
    return .object(limits)
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
