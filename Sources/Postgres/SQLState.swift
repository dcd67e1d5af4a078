/// A five-character SQLSTATE code, as PostgreSQL's appendix A lists them.
public struct SQLState: RawRepresentable, Hashable, Sendable {
  /// The five characters.
  public let rawValue: String

  /// Wraps a code.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The first two characters: the family the code belongs to.
  public var family: Substring {
    rawValue.prefix(2)
  }
}

extension SQLState {
  /// 08P01: a message the other side does not understand; poolers report their own trouble with it.
  public static let protocolViolation = SQLState(rawValue: "08P01")
  /// 0A000: among others "cached plan must not change result type".
  public static let featureNotSupported = SQLState(rawValue: "0A000")
  /// 01000: a warning.
  public static let warning = SQLState(rawValue: "01000")
  /// 21000: more than one row where one was expected.
  public static let cardinalityViolation = SQLState(rawValue: "21000")
  /// 22003: a number does not fit its type.
  public static let numericValueOutOfRange = SQLState(rawValue: "22003")
  /// 22P02: text that is no value of its type.
  public static let invalidTextRepresentation = SQLState(rawValue: "22P02")
  /// 23502: a NULL where none may be.
  public static let notNullViolation = SQLState(rawValue: "23502")
  /// 23503: a foreign key.
  public static let foreignKeyViolation = SQLState(rawValue: "23503")
  /// 23505: a unique constraint.
  public static let uniqueViolation = SQLState(rawValue: "23505")
  /// 23514: a check constraint.
  public static let checkViolation = SQLState(rawValue: "23514")
  /// 23P01: an exclusion constraint.
  public static let exclusionViolation = SQLState(rawValue: "23P01")
  /// 25006: a write where only reads are allowed, as on a standby.
  public static let readOnlyTransaction = SQLState(rawValue: "25006")
  /// 26000: a prepared statement the session does not have.
  public static let invalidStatementName = SQLState(rawValue: "26000")
  /// 28P01: wrong password.
  public static let invalidPassword = SQLState(rawValue: "28P01")
  /// 3D000: no such database.
  public static let invalidCatalogName = SQLState(rawValue: "3D000")
  /// 40001: the transaction may be repeated.
  public static let serializationFailure = SQLState(rawValue: "40001")
  /// 40P01: the transaction was the victim of a deadlock and may be repeated.
  public static let deadlockDetected = SQLState(rawValue: "40P01")
  /// 42501: also raised by row-level security's WITH CHECK.
  public static let insufficientPrivilege = SQLState(rawValue: "42501")
  /// 42601: the statement cannot be parsed.
  public static let syntaxError = SQLState(rawValue: "42601")
  /// 42703: no such column.
  public static let undefinedColumn = SQLState(rawValue: "42703")
  /// 42P01: no such table.
  public static let undefinedTable = SQLState(rawValue: "42P01")
  /// 42P05: a prepared statement of that name exists already.
  public static let duplicatePreparedStatement = SQLState(rawValue: "42P05")
  /// 53100: the disk is full.
  public static let diskFull = SQLState(rawValue: "53100")
  /// 53200: the database has no memory left.
  public static let outOfMemory = SQLState(rawValue: "53200")
  /// 53300: the server has no connection left.
  public static let tooManyConnections = SQLState(rawValue: "53300")
  /// 55P03: a lock was not to be had in time (`lock_timeout`, `nowait`).
  public static let lockNotAvailable = SQLState(rawValue: "55P03")
  /// 57014: ended by `statement_timeout` or a cancel request.
  public static let queryCanceled = SQLState(rawValue: "57014")
  /// 57P01: the backend was terminated or the server shuts down.
  public static let adminShutdown = SQLState(rawValue: "57P01")
  /// 57P02: another backend crashed.
  public static let crashShutdown = SQLState(rawValue: "57P02")
  /// 57P03: the server starts up or shuts down.
  public static let cannotConnectNow = SQLState(rawValue: "57P03")
  /// P0001: `raise exception` without a code of its own.
  public static let raiseException = SQLState(rawValue: "P0001")
}

extension SQLState: CustomStringConvertible {
  /// The five characters.
  public var description: String {
    rawValue
  }
}
