internal import CLibPQ

extension ConnectionSettings {
  /// Settings from a libpq URL (`postgresql://…`) or keyword string, read by libpq itself.
  ///
  /// `application_name` and `connect_timeout` in it set the properties of that name here. Throws
  /// `invalidSettings`; the error does not quote the text, which may hold a password.
  public init(url: String) throws(PostgresError) {
    guard !url.utf8.contains(0) else {
      throw PostgresError(.invalidSettings, message: "the database URL contains NUL")
    }
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(url, &message) else {
      PQfreemem(message)
      throw PostgresError(
        .invalidSettings, message: "not a PostgreSQL URL or keyword string, or an unknown keyword")
    }
    defer { PQconninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        keywords[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    if let name = keywords.removeValue(forKey: "application_name") { applicationName = name }
    if let timeout = keywords.removeValue(forKey: "connect_timeout") {
      guard let seconds = Int(timeout), seconds >= 0 else {
        throw PostgresError(.invalidSettings, message: "connect_timeout is not a number of seconds")
      }
      if seconds > 0 { connectTimeout = .seconds(seconds) }
    }
  }
}
