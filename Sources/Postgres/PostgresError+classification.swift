extension PostgresError {
  /// The server's code, where the server refused.
  public var sqlState: SQLState? {
    guard case .server(let state) = kind else { return nil }
    return state
  }

  /// Whether the transaction may stand in the database in spite of this error.
  public var mayHaveCommitted: Bool {
    switch kind {
    case .connectionLost(.unknown), .deadlineExceeded(.unknown), .cancelled(.unknown),
      .replicationUnconfirmed, .unsupported:
      true
    default:
      false
    }
  }

  /// Whether repeating the same transaction at once is safe and may well succeed.
  public var isRepeatable: Bool {
    switch kind {
    case .server(let state): state == .serializationFailure || state == .deadlockDetected
    case .connectionLost(.notSent): true
    default: false
    }
  }

  /// Whether the plan behind a prepared statement is gone or stale, so that the statement must be
  /// prepared anew. The transaction was rolled back by it.
  var concernsPreparedStatement: Bool {
    switch sqlState {
    case .invalidStatementName, .duplicatePreparedStatement: true
    case .featureNotSupported: fields.sourceFunction == "RevalidateCachedQuery"
    default: false
    }
  }
}

extension PostgresError: CustomStringConvertible {
  /// One line for logs: kind, code and names of the schema; no parameter, no server text.
  public var description: String {
    var text = "\(kind)"
    switch kind {
    case .server(let state):
      text = "server(\(state))"
    case .unavailable, .invalidSettings, .closed, .decoding, .unsupported, .invalidParameter:
      if !message.isEmpty { text += ": \(message)" }
    default:
      break
    }
    if let constraint { text += ", constraint \(constraint)" }
    if let table { text += ", table \(table)" }
    if let column { text += ", column \(column)" }
    return text
  }
}

extension PostgresError: CustomDebugStringConvertible {
  /// Everything known, the server's message and detail included: for a person at work, not for logs.
  public var debugDescription: String {
    var text = description
    if case .server = kind, !message.isEmpty { text += ": \(message)" }
    if let detail = fields.detail { text += " (\(detail))" }
    return text
  }
}
