internal import ArgumentParser
internal import Console

/// `voronka activity call-back CARD MOMENT`.
struct ActivityCallBack: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "call-back", abstract: "The client wants to be called later.")

  @Argument(help: "The lead's or deal's id.")
  var card: Int64

  @Argument(help: MomentHelp.of("When"))
  var at: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityCommand(.callBack(card: card, at: at))
  }
}
