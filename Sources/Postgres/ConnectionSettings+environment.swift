internal import CLibPQ

extension ConnectionSettings {
  /// The settings as variables, `PGHOST=…`, for PostgreSQL's own programs.
  ///
  /// Unlike a command line, the environment is shown to nobody but the user and root. What libpq has no
  /// variable for, such as the keepalive times, stays behind.
  public var programEnvironment: [String] {
    guard let options = PQconndefaults() else { return [] }
    defer { PQconninfoFree(options) }
    var variables: [String] = []
    var option = options
    while let keyword = option.pointee.keyword {
      if let variable = option.pointee.envvar, let value = keywords[String(cString: keyword)] {
        variables.append("\(String(cString: variable))=\(value)")
      }
      option += 1
    }
    return variables
  }
}
