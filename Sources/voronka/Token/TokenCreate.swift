internal import ArgumentParser
internal import Console

/// `voronka token create NAME`.
struct TokenCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token; it is shown once.",
    discussion: """
      voronka token create reports --method 'report.*' --method deal.list --days 90
      voronka token create website --service-of web@mebel.example --assume --network 192.0.2.0/24

      A token has your rights, cut by --method and --network; a service token has those of the user \
      named.
      """)

  @Argument(help: "What it is for.")
  var name: String

  @Option(help: "Make a service token with this user's rights, by id, e-mail or name.")
  var serviceOf: String?

  @Flag(help: "Let the service act as other users, by auth.assume.")
  var assume = false

  @Option(
    name: .customLong("method"),
    help: "A method it is for, such as deal.get or deal.*; may be repeated. Default: all.")
  var methods: [String] = []

  @Option(
    name: .customLong("network"),
    help: "An address or network it is taken from; may be repeated. Default: anywhere.")
  var networks: [String] = []

  @Option(help: "In how many days it ends. Default: never.")
  var days: Int?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard days.map({ (1...3650).contains($0) }) ?? true else {
      throw ValidationError("--days is from 1 to 3650.")
    }
  }

  func command() throws -> any ConsoleCommand {
    TokenCommand(
      .create(
        TokenDraft(
          name: name, serviceOf: serviceOf, assumes: assume, methods: methods,
          networks: networks, days: days)))
  }
}
