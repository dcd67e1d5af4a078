internal import ArgumentParser
internal import Console

/// `voronka board [PIPELINE]`.
struct Board: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a pipeline's stages with counts, sums and newest cards.")

  @Argument(help: "A pipeline by id or name; not needed where there is only one.")
  var pipeline: String?

  @Option(help: "How many cards of each stage to show.")
  var cards = 5

  @Option(help: "Whose: a user by id, e-mail or name.")
  var responsible: String?

  @Option(help: "Where the request came from.")
  var source: String?

  @Option(name: .customLong("field"), help: CardFilterHelp.field)
  var fields: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = BoardCommand.Filter()
    filter.responsible = responsible
    filter.source = source
    filter.fields = fields
    return BoardCommand(pipeline: pipeline, cardsPerStage: cards, filter: filter)
  }
}
