internal import ArgumentParser
internal import Console

/// `voronka activity list CARD`.
struct ActivityList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what was planned and done for a card.",
    discussion:
      "Moments are told by the company's time zone, by the terminal's (TZ) where that is not known."
  )

  @Argument(help: "The lead's or deal's id.")
  var card: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityCommand(.list(card: card))
  }
}
