internal import Postgres

/// What a failed transaction means for the request that made it.
enum FailureKind {
  /// What was cached is out of date: nothing was done; begin anew.
  case stale
  /// Somebody else was faster, or the database chose this one to yield: nothing was done; begin anew.
  case outrun
  /// The idempotency key has an answer.
  case keyInUse
  /// Nothing was done, and the database can't be asked just now.
  case unavailable
  /// It may have been done.
  case unknown
  /// Anything else.
  case other

  init(_ error: PostgresError) {
    if error.mayHaveCommitted {
      self = .unknown
      return
    }
    switch error.kind {
    case .server(let state): self = Self(state)
    case .connectionLost, .poolExhausted, .unavailable, .closed, .deadlineExceeded, .cancelled:
      self = .unavailable
    default: self = .other
    }
  }

  private init(_ state: SQLState) {
    switch state {
    case SQLState(rawValue: "VR001"): self = .stale
    case SQLState(rawValue: "VR002"), SQLState(rawValue: "VR003"), .serializationFailure,
      .deadlockDetected:
      self = .outrun
    case SQLState(rawValue: "VR004"): self = .keyInUse
    case .companyIsChanged: self = .unavailable
    case .adminShutdown, .crashShutdown, .cannotConnectNow, .tooManyConnections,
      .readOnlyTransaction, .queryCanceled, .lockNotAvailable, .diskFull, .outOfMemory:
      self = .unavailable
    default: self = .other
    }
  }
}

extension SQLState {
  /// The company is being changed: a write comes again when that is done. See `hold_version`.
  static let companyIsChanged = SQLState(rawValue: "VR006")
}

extension PostgresError {
  /// Whether the disk is full or the memory used up: the operator must do something.
  var isShortage: Bool {
    kind == .server(.diskFull) || kind == .server(.outOfMemory)
  }
}
