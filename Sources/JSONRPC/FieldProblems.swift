/// All that is wrong with a value, at once.
public struct FieldProblems: Error, Sendable, Equatable {
  /// The problems; there is at least one.
  public let problems: [FieldProblem]

  /// Some problems.
  public init(_ problems: [FieldProblem]) {
    self.problems = problems
  }

  /// One problem with the value itself.
  public init(_ problem: String) {
    problems = [FieldProblem(path: "", problem: problem)]
  }
}

extension Result where Failure == FieldProblems {
  /// A value refused for one reason.
  public static func problem(_ problem: String) -> Result {
    .failure(FieldProblems(problem))
  }
}
