internal import ArgumentParser
internal import Console

/// `voronka lead lose ID`.
struct LeadLose: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lose", abstract: "Close a lead as lost.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Option(help: StageHelp.of("Into which stage"))
  var stage: String?

  @Option(help: "A reason by id or name.")
  var reason: String?

  @Option(help: "A comment.")
  var comment: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealCloseCommand(
      .lose, id: id, reason: reason, comment: comment, status: status, stage: stage, fields: fields,
      of: "lead")
  }
}
