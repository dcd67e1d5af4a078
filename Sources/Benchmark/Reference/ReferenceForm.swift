/// How the reference runs a method's statements.
enum ReferenceForm: String, Sendable, CaseIterable {
  /// The same transactions as the server's, with BEGIN and COMMIT and one round trip a statement.
  case classic
  /// All statements in one transaction of that kind, where the server takes two.
  case single
  /// In as few round trips as pgbench can.
  case pipelined

  /// The forms that tell something about an operation.
  static func forms(of operation: Operation) -> [ReferenceForm] {
    operation == .move ? [.classic, .single, .pipelined] : [.classic, .pipelined]
  }
}
