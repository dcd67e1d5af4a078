internal import ArgumentParser
internal import Console

/// `voronka deal move ID STAGE`.
struct DealMove: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move a deal to another stage.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Argument(help: "A stage by id or name.")
  var stage: String

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealMoveCommand(id: id, stage: stage, fields: fields, status: status)
  }
}
