internal import ArgumentParser
internal import Console

/// `voronka activity plan CARD TYPE --due MOMENT`.
struct ActivityPlan: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Plan something to do for a card.")

  @Argument(help: "The lead's or deal's id.")
  var card: Int64

  @Argument(help: "call, email, meeting, message, task, or one of the company's own, by name.")
  var type: String

  @Option(help: "When it is to be done, with its zone.")
  var due: String

  @Option(help: "What it is about.")
  var subject: String?

  @Option(help: "Who is to do it, by id, e-mail or name; else the card's responsible.")
  var responsible: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityCommand(
      .plan(card: card, type: type, due: due, subject: subject, responsible: responsible))
  }
}
