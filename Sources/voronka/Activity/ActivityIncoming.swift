internal import ArgumentParser
internal import Console

/// `voronka activity incoming CARD TYPE`.
struct ActivityIncoming: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "incoming", abstract: "The client called or wrote.")

  @Argument(help: "The lead's or deal's id.")
  var card: Int64

  @Argument(help: "call, email, meeting, message, task, or one of the company's own, by name.")
  var type: String

  @Option(help: "What it is about.")
  var subject: String?

  @Flag(help: "It was answered at once.")
  var answered = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityCommand(
      .incoming(card: card, type: type, subject: subject, answered: answered))
  }
}
