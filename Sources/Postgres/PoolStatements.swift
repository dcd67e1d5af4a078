/// The engine's own statements.
enum PoolStatements {
  /// Proves that the database answers.
  static let probe = Statement("select 1")

  /// Begins a transaction that sees one moment and changes nothing.
  static let beginSnapshot = Statement(
    "begin transaction isolation level repeatable read, read only")

  /// Who forgets a snapshot does not hold the database back for ever.
  static let endIdleSnapshot = Statement(
    """
    select set_config('idle_in_transaction_session_timeout', '300000', true)
    """)

  /// Sets run-time parameters for the current transaction only.
  static let setParameters = Statement(
    """
    select set_config(name, value, true)
    from unnest($1::text[], $2::text[]) as parameter (name, value)
    """)
}

extension ConnectionSettings {
  /// What each transaction begins with when session parameters are local to it.
  var transactionPrelude: BoundStatement? {
    guard sessionParameterDelivery == .transactionLocal else { return nil }
    let parameters = runtimeParameters
    guard !parameters.isEmpty else { return nil }
    return PoolStatements.setParameters(
      .strings(parameters.map(\.name)), .strings(parameters.map(\.value)))
  }
}
