internal import JSONRPC
internal import SalesRules

/// Gathers what is wrong with values, so that all of it is told at once (1022 invalid).
struct ValueChecks {
  private var problems: [FieldProblem] = []

  /// Notes the problem of one member, if there is one.
  mutating func check(_ path: String, _ problem: ValueProblem?) {
    if let problem { note(path, problem.message) }
  }

  /// Notes a problem.
  mutating func note(_ path: String, _ problem: String) {
    problems.append(FieldProblem(path: path, problem: problem))
  }

  /// Refuses if anything is wrong.
  func finish() throws(RPCError) {
    guard problems.isEmpty else { throw .invalid(problems) }
  }
}
