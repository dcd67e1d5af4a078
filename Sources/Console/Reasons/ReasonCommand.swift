internal import JSON

/// `voronka reason …`: the company's lists of why cards end.
public struct ReasonCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// Those of one list or of all, with those that can no longer be chosen where that is asked for.
    case list(kind: String?, lossKind: String?, withInactive: Bool)
    /// A new one.
    case create(kind: String, name: String, ReasonTerms)
    /// Another name, or other terms, of one by id or name.
    case update(String, kind: String?, name: String?, isActive: Bool?, ReasonTerms)
    /// One goes, by id or name; one that cards were closed for can only no longer be chosen.
    case delete(String, kind: String?)
  }

  let action: Action

  /// A command on reasons.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let list = OwnList(
      noun: "reason", name: "reason",
      columns: [
        .member("kind"), .member("name"), .member("loss_kind", "LOSS"), .member("comment"),
        Listing.Column("") { $0["active"]?.bool == false ? "put away" : "" },
      ], ifEmpty: "No reasons.", narrowing: .told(("kind", kind.map { .string($0) })))
    try await list.run(step, in: context)
  }

  private var step: OwnList.Step {
    switch action {
    case .list(let kind, let lossKind, let withInactive):
      .list(
        .told(
          ("kind", kind.map { .string($0) }), ("loss_kind", lossKind.map { .string($0) }),
          ("inactive", withInactive ? true : nil)))
    case .create(let kind, let name, let terms):
      .create(terms.added(to: ["kind": .string(kind), "name": .string(name)]))
    case .update(let reason, _, let name, let isActive, let terms):
      .update(
        reason,
        terms.added(
          to: .told(("name", name.map { .string($0) }), ("active", isActive.map { .bool($0) }))))
    case .delete(let reason, _): .delete(reason)
    }
  }

  /// The list in which a reason is looked for by its name.
  private var kind: String? {
    switch action {
    case .update(_, let kind, _, _, _), .delete(_, let kind): kind
    case .list, .create: nil
    }
  }
}
