/// What pgbench needs around the statements of the methods.
enum ReferenceStatements {
  /// Begins a transaction.
  static let begin = """
    begin;
    """

  /// Ends it.
  static let commit = """
    commit;
    """

  /// What stands in place of a parameter that is null: pgbench's variables know no null.
  static let null = """
    null
    """

  /// An array that holds the card alone.
  static let written = """
    ('{' || :card || '}')
    """

  /// The same of two: the lead and the deal that it becomes.
  static let bothWritten = """
    ('{' || :source || ',' || :card || '}')
    """

  /// The place of a transaction's second event.
  static let furtherPlace = """
    (:audited + 1000000000)
    """
}
