internal import ArgumentParser
internal import Console

/// `voronka deal copy ID PIPELINE`.
struct DealCopy: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Begin a deal on the base of this one in another pipeline; an open one is won by it.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Argument(help: "A pipeline by id or name.")
  var pipeline: String

  @Option(
    help:
      "The stage to begin in, by id or name; without it the first one, or where the pipeline reopens a lost deal."
  )
  var stage: String?

  @Option(help: "Who is responsible for the new deal, by id, e-mail or name.")
  var responsible: String?

  @Option(help: "Why the client bought: a reason by id or name.")
  var reason: String?

  @Option(help: "A comment.")
  var comment: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @Option(help: "What the new deal is called, if not the same.")
  var title: String?

  @Option(help: "The new deal's amount, if not the same: 1200.50, or \"1200.50 RUB\".")
  var amount: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealCopyCommand(
      id: id, pipeline: pipeline, stage: stage, responsible: responsible, reason: reason,
      comment: comment, status: status, fields: fields,
      title: title, amount: amount)
  }
}
