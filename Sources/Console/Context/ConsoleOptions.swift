/// The options that every command takes.
public struct ConsoleOptions: Sendable {
  /// The server's address, where given on the command line.
  public var server: String?
  /// A token, where given on the command line.
  public var token: String?
  /// A file that holds a token.
  public var tokenFile: String?
  /// A file of certificates to trust for `tls://` addresses.
  public var authorityFile: String?
  /// The name of the profile to use.
  public var profile: String?
  /// The form of output, where given.
  public var output: OutputFormat?
  /// When output is coloured.
  public var colour = ColourPolicy.auto
  /// Whether questions are taken as answered with yes.
  public var assumesYes = false
  /// Whether secrets may go over a network without TLS.
  public var allowsPlaintext = false
  /// Whether CSV cells stay exactly as they are, formulas included.
  public var exactCSV = false
  /// How long a reply is waited for.
  public var timeout: Duration?

  /// Makes options with nothing given.
  public init() {}
}
