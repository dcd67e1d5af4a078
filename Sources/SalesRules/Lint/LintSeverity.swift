/// How much a fault matters.
public enum LintSeverity: String, CaseIterable, Hashable, Sendable {
  /// The pipeline's figures mean nothing, or it does not work as one.
  case error
  /// Sales are lost by it.
  case warning
  /// It could be better.
  case advice
}
