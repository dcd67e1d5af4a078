public import JSON

/// What is wrong with one member.
public struct FieldProblem: Sendable, Equatable {
  /// Where the member stands: `title`, `contact.email`, `stages[2].name`; empty for the whole.
  public let path: String
  /// What is wrong with it and what would be right.
  public let problem: String

  /// A problem with the member at that path.
  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  /// The same problem seen from the object that holds the member `name`.
  public func within(_ name: String) -> FieldProblem {
    FieldProblem(path: Self.join(name, path), problem: problem)
  }

  /// The problem as it stands in an error's `fields`.
  public var json: JSON {
    ["path": .string(path), "problem": .string(problem)]
  }

  private static func join(_ name: String, _ rest: String) -> String {
    if rest.isEmpty { return name }
    return rest.hasPrefix("[") ? name + rest : "\(name).\(rest)"
  }
}
