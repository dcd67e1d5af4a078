/// What is known of a transaction for which no answer came.
public enum TransactionOutcome: Sendable, Hashable {
  /// It never reached the server, or not whole: nothing of it happened, it may be repeated.
  case notSent
  /// It may have been committed or not; only the database can tell.
  case unknown
}
