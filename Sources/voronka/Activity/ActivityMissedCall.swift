internal import ArgumentParser
internal import Console

/// `voronka activity missed-call CARD`.
struct ActivityMissedCall: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "missed-call", abstract: "Nobody answered: plan the next call.")

  @Argument(help: "The lead's or deal's id.")
  var card: Int64

  @Option(help: MomentHelp.of("When to call again (in two hours where it is absent)"))
  var retry: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityCommand(.missedCall(card: card, retry: retry))
  }
}
