internal import ArgumentParser
internal import Features
internal import Foundation
internal import Logging
internal import Server

/// `voronkad serve`.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the installation in a data folder.",
    discussion: """
      Prints one line on standard output when it is ready to answer, and logs to standard error. \
      SIGTERM: takes no more connections, finishes what runs, exits 0. SIGHUP: reads certificates anew.
      """)

  @OptionGroup var dataOptions: DataOptions

  @Option(help: "Where plain text is spoken, ADDRESS:PORT; loopback only.")
  var listen = ["127.0.0.1:7420"]

  @Option(help: "Where TLS is spoken, ADDRESS:PORT.")
  var tlsListen: [String] = []

  @Option(help: "The certificate for TLS, in PEM, with those that vouch for it.")
  var tlsCertificate: String?

  @Option(help: "The certificate's key, in PEM.")
  var tlsKey: String?

  @Option(help: "A Unix socket for the operator's console on this host.")
  var unixSocket: String?

  @Option(help: "Where /livez, /readyz and /metrics are served over HTTP, ADDRESS:PORT.")
  var metricsListen: String?

  @Flag(help: "Speak plain text on addresses that other machines can reach.")
  var allowPlaintext = false

  @Option(help: "The most connections at once.")
  var maxConnections = 10_000

  @Option(help: "The longest line, in bytes.")
  var maxLine = 1 << 20

  @Option(help: "How many processor threads drive the connections.")
  var threads = 2

  @Option(
    help: ArgumentHelp(
      "The file with the audit's keys; audit.key in the data folder without it.",
      discussion: "Every server of one installation needs the same keys. docs/audit.md."))
  var auditKeyFile: String?

  @Option(help: "The cost of a password's scrypt, as the power of two of its rounds.")
  var passwordCost = 17

  @Option(
    help: "For how many days a deleted company can be restored, where its deletion names none.")
  var deletionGraceDays = 30

  func validate() throws {
    _ = try dataOptions.folder
    guard tlsListen.isEmpty || (tlsCertificate != nil && tlsKey != nil) else {
      throw ValidationError("--tls-listen needs --tls-certificate and --tls-key.")
    }
    guard (1...1_000_000).contains(maxConnections), (1024...(1 << 28)).contains(maxLine),
      (1...256).contains(threads), (1...24).contains(passwordCost),
      (0...3650).contains(deletionGraceDays)
    else {
      throw ValidationError(
        "--max-connections, --max-line, --threads, --password-cost or --deletion-grace-days is out of "
          + "range.")
    }
  }

  func run() async throws {
    let logger = dataOptions.logger()
    do {
      try await ServerProcess(self, logger: logger).run()
    } catch {
      logger.critical("the server does not start or go on", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }

  /// The keys of the audit; the data folder's own file is made at the first start.
  func auditKeys() throws -> AuditKeys {
    if let auditKeyFile {
      let path = URL(fileURLWithPath: auditKeyFile).standardizedFileURL.path
      return try AuditKeyFile(path: path).keys(makesMissing: false)
    }
    return try AuditKeyFile(path: try dataOptions.folder + "/audit.key").keys(makesMissing: true)
  }

  /// How the server listens and what it bears.
  func serverConfiguration() throws -> ServerConfiguration {
    var listeners = try listen.filter { $0 != "none" }.map { Listener.plain(try Endpoint($0)) }
    if let tlsCertificate, let tlsKey {
      let files = CertificateFiles(certificate: tlsCertificate, key: tlsKey)
      listeners += try tlsListen.map { Listener.tls(try Endpoint($0), files) }
    }
    if let unixSocket { listeners.append(.unix(path: unixSocket)) }
    var configuration = ServerConfiguration(listeners: listeners)
    configuration.allowPlaintext = allowPlaintext
    configuration.limits.connections = maxConnections
    configuration.limits.lineBytes = maxLine
    configuration.eventLoops = threads
    return configuration
  }
}
