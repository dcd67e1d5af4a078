/// How to reach a database: libpq's keywords, handed to it as arrays and never as one string.
///
/// Several hosts (comma-separated), `target_session_attrs` and the `ssl…` keywords go through to libpq
/// unchanged. What neither these settings nor the URL say, libpq takes from its environment variables
/// and password file, except for `options`, `application_name` and `client_encoding`, which are always
/// set here.
public struct ConnectionSettings: Sendable {
  /// How session parameters, `statement_timeout` among them, reach the server.
  public enum SessionParameterDelivery: Sendable, Hashable {
    /// Once a connection, in its start-up packet. The cheapest; right for PostgreSQL itself and for
    /// poolers in session mode. PgBouncer refuses such packets unless told to ignore them
    /// (`ignore_startup_parameters = options`), and then the parameters have no effect.
    case startupOptions
    /// With every transaction, by `set_config(…, true)` as its first statement. Works behind poolers
    /// in transaction mode, where session state belongs to nobody.
    case transactionLocal
  }

  /// libpq's keywords and their values.
  var keywords: [String: String] = [:]

  /// What the server's lists call this program.
  public var applicationName = "voronka"

  /// The longest a single statement may run before the server ends it; `nil` leaves the server's own.
  public var statementTimeout: Duration? = .seconds(30)

  /// The longest an attempt to connect may take, over all hosts and including the log-in.
  public var connectTimeout: Duration = .seconds(10)

  /// Further run-time parameters by name. Times come and go in UTC unless this says otherwise.
  public var sessionParameters = ["TimeZone": "UTC", "DateStyle": "ISO, YMD"]

  /// How `statementTimeout` and `sessionParameters` reach the server.
  public var sessionParameterDelivery = SessionParameterDelivery.startupOptions

  /// Settings from their usual parts.
  /// - Parameter host: a name, an address, or the folder of a Unix socket; several with commas.
  public init(
    host: String, port: Int = 5432, database: String, user: String, password: String? = nil
  ) {
    keywords = ["host": host, "port": String(port), "dbname": database, "user": user]
    keywords["password"] = password
  }

  /// One of libpq's keywords, such as `sslmode` or `target_session_attrs`.
  public subscript(keyword: String) -> String? {
    get { keywords[keyword] }
    set { keywords[keyword] = newValue }
  }
}

extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Where it leads and as whom; never the password.
  public var description: String {
    let parts = ["host", "hostaddr", "port", "dbname", "user", "sslmode", "target_session_attrs"]
    return parts.compactMap { key in keywords[key].map { "\(key)=\($0)" } }.joined(separator: " ")
  }

  /// As `description`.
  public var debugDescription: String {
    description
  }

  /// Without children, so that `dump` shows no password either.
  public var customMirror: Mirror {
    Mirror(self, children: [])
  }
}
