/// How the history of a database differs from the migrations a program carries.
public enum HistoryFault: Sendable, Equatable, CustomStringConvertible {
  /// The program's own files do not count from 1 without gaps: nothing can be applied from them.
  case misnumbered(expected: Int, found: Int)
  /// The database was migrated by a newer program.
  case unknown(number: Int, name: String)
  /// The file is not the one that was applied.
  case changed(number: Int, name: String)
  /// A migration is missing before a later one that was applied.
  case gap(number: Int)

  /// An English sentence that says what to do.
  public var description: String {
    switch self {
    case .misnumbered(let expected, let found):
      "the program's migrations do not count up: \(expected) expected, \(found) found"
    case .unknown(let number, let name):
      "the database has migration \(number) (\(name)), which this program does not know: "
        + "use a newer version of it"
    case .changed(let number, let name):
      "migration \(number) (\(name)) differs from the one that was applied to this database: "
        + "use the program the database was migrated with, or a newer one"
    case .gap(let number):
      "the database's history lacks migration \(number) but has later ones: restore it from a backup"
    }
  }
}
