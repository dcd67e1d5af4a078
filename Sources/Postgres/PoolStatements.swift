/// The engine's own statements.
enum PoolStatements {
  /// Proves that the database answers.
  static let probe = Statement("select 1")

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
