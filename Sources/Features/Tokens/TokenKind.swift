/// The kinds of tokens of a company.
enum TokenKind: String, CaseIterable, Sendable {
  /// One's own.
  case personal
  /// The company's, for a program.
  case service
}
