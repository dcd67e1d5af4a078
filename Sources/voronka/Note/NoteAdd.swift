internal import ArgumentParser
internal import Console

/// `voronka note add CARD TEXT`.
struct NoteAdd: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Write a note on a lead or deal.")

  @Argument(help: "The lead's or deal's id.")
  var card: Int64

  @Argument(help: "What to write down.")
  var text: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { NoteAddCommand(card: card, text: text) }
}
