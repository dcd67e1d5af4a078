internal import ArgumentParser
internal import Console

/// `voronka lead convert ID PIPELINE`.
struct LeadConvert: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Make a deal of a lead in a pipeline.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Argument(help: "A deal pipeline by id or name.")
  var pipeline: String

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(help: "The deal's stage, by id or name; the first one without it.")
  var stage: String?

  @Option(help: "Who is responsible for the deal, by id, e-mail or name.")
  var responsible: String?

  @Option(help: "What the deal is called, if not as the lead.")
  var title: String?

  @Option(help: "The deal's amount: 1200.50, or \"1200.50 RUB\".")
  var amount: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var extra = LeadPassCommand.Extra()
    extra.status = status
    extra.stage = stage
    extra.responsible = responsible
    extra.title = title
    extra.amount = amount
    return LeadPassCommand(id: id, to: .pipeline(pipeline), fields: fields, extra: extra)
  }
}
