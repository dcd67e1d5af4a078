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

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    LeadPassCommand(id: id, to: .pipeline(pipeline), fields: fields)
  }
}
