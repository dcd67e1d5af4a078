/// What went wrong between a caller and PostgreSQL.
///
/// `description` is fit for logs: it shows neither parameters nor the server's texts, which may quote
/// them. `debugDescription` shows those too.
public struct PostgresError: Error, Sendable {
  /// What kind of failure it is, and what it leaves behind.
  public enum Kind: Sendable, Hashable {
    /// The server refused a statement or the commit; the whole transaction was rolled back.
    case server(SQLState)
    /// The connection broke with the transaction in flight.
    case connectionLost(outcome: TransactionOutcome)
    /// Committed on the primary, yet not confirmed by its synchronous standby: a fail-over may lose it.
    case replicationUnconfirmed
    /// The waiting queue was full, or a place on a connection did not come free in time.
    case poolExhausted
    /// There was no connection in time; `message` has the reason of the last failed attempt.
    case unavailable
    /// The caller's deadline passed first.
    case deadlineExceeded(outcome: TransactionOutcome)
    /// The caller's task was cancelled.
    case cancelled(outcome: TransactionOutcome)
    /// The pool, connection or engine has been closed; nothing was sent.
    case closed
    /// A value is NULL or not of the type that was asked for.
    case decoding
    /// A parameter PostgreSQL cannot hold, such as text with a NUL; nothing was sent.
    case invalidParameter
    /// Connection settings that libpq cannot read.
    case invalidSettings
    /// A statement is, or was answered with, something that the engine does not speak: COPY, or a
    /// transaction command on a shared connection.
    case unsupported
  }

  /// What the server said, with the places it named.
  struct ServerFields: Sendable {
    var detail: String?
    var constraint: String?
    var table: String?
    var schema: String?
    var column: String?
    /// Where in the server's source it was raised: unlike the message it is never translated.
    var sourceFunction: String?
    var isFatal = false
  }

  /// Boxed, because an error that is thrown by value should be one word.
  private final class Storage: Sendable {
    let kind: Kind
    let message: String
    let fields: ServerFields

    init(kind: Kind, message: String, fields: ServerFields) {
      self.kind = kind
      self.message = message
      self.fields = fields
    }
  }

  private let storage: Storage

  /// Makes an error; for tests of callers as well.
  public init(_ kind: Kind, message: String = "") {
    self.init(kind, message: message, fields: ServerFields())
  }

  init(_ kind: Kind, message: String, fields: ServerFields) {
    storage = Storage(kind: kind, message: message, fields: fields)
  }

  var fields: ServerFields {
    storage.fields
  }

  /// What kind of failure it is.
  public var kind: Kind {
    storage.kind
  }

  /// The primary message. A server's message may quote a value: not for logs.
  public var message: String {
    storage.message
  }

  /// The violated constraint's name, where the server named one.
  public var constraint: String? {
    storage.fields.constraint
  }

  /// The table's name, where the server named one.
  public var table: String? {
    storage.fields.table
  }

  /// The column's name, where the server named one.
  public var column: String? {
    storage.fields.column
  }
}
