/// Why a private PostgreSQL could not be made, started or stopped; the text says what to do.
public struct LocalPostgresError: Error, CustomStringConvertible, Sendable {
  /// What kind of trouble it is, for programs that treat one apart from the others.
  public enum Kind: Sendable, Equatable {
    /// No server program of a usable version was found.
    case noBinaries
    /// The server program is older than the oldest minor version that is safe here.
    case outdated
    /// The operating-system user that should run the server does not exist.
    case noUser
    /// The operating-system user may not enter a folder above the data.
    case barred
    /// The folder is unusable: another owner, not a folder, a path too long for a socket.
    case folder
    /// Another server works on the same folder.
    case inUse
    /// A program ended with an error.
    case failed
    /// The server did not become ready, or did not end, in time.
    case timedOut
  }

  /// The kind of trouble.
  public let kind: Kind
  /// An English sentence that says what happened and what to do.
  public let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
