public import ArgumentParser
public import Console

/// The options that every subcommand takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The server: HOST:PORT, tls://HOST:PORT or unix:/PATH.",
      discussion: "Default: VORONKA_SERVER, the profile's server, or 127.0.0.1:7420."))
  var server: String?

  @Option(help: "A token; rather use VORONKA_TOKEN or --token-file, which no process list shows.")
  var token: String?

  @Option(help: "A file that holds a token, such as the operator's.")
  var tokenFile: String?

  @Option(help: "A PEM file of the certificates to trust for tls:// (or VORONKA_CA).")
  var ca: String?

  @Option(help: "The profile to use (or VORONKA_PROFILE); made by voronka login.")
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "What to print: table, json or csv.",
      discussion: """
        CSV has the columns that the server's description of the result names, in its order, filled or \
        not; members of members as amount.currency, lists as JSON. Custom fields stand where fields \
        does, in the order in which they are first met.
        """))
  var output: OutputFormat?

  @Option(help: "Colour: auto (on a terminal, without NO_COLOR), always or never.")
  var color = ColourPolicy.auto

  @Flag(name: [.long, .short], help: "Answer every question with yes.")
  var yes = false

  @Flag(help: "Send tokens and passwords over a network without TLS.")
  var allowPlaintext = false

  @Flag(help: "CSV cells exactly as they are, without an apostrophe before formulas.")
  var exactCSV = false

  @Option(help: "How many seconds to wait for a reply; without it as long as it takes.")
  var timeout: Double?

  func validate() throws {
    guard timeout.map({ $0 > 0 && $0 < 1e9 }) ?? true else {
      throw ValidationError("--timeout wants a positive number of seconds.")
    }
  }

  var options: ConsoleOptions {
    var options = ConsoleOptions()
    options.server = server
    options.token = token
    options.tokenFile = tokenFile
    options.authorityFile = ca
    options.profile = profile
    options.output = output
    options.colour = color
    options.assumesYes = yes
    options.allowsPlaintext = allowPlaintext
    options.exactCSV = exactCSV
    options.timeout = timeout.map { .seconds($0) }
    return options
  }
}

extension OutputFormat: ExpressibleByArgument {}
extension ColourPolicy: ExpressibleByArgument {}
