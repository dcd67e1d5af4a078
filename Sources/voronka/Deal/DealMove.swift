internal import ArgumentParser
internal import Console

/// `voronka deal move ID STAGE`.
struct DealMove: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move a deal to another stage.",
    discussion: "With --pipeline the stage is one of that pipeline, and the deal goes on there.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Argument(help: StageHelp.of("Where to, a bare name in the deal's own pipeline"))
  var stage: String

  @Option(help: "Another pipeline by id or name, into which the deal goes.")
  var pipeline: String?

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(help: "Into a stage that closes: a reason by id or name.")
  var reason: String?

  @Option(help: "Into a stage that closes: a comment.")
  var comment: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealMoveCommand(
      id: id, stage: stage, pipeline: pipeline, fields: fields, status: status, reason: reason,
      comment: comment)
  }
}
