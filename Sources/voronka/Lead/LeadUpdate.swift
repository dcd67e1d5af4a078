internal import ArgumentParser
internal import Console

/// `voronka lead update ID`.
struct LeadUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a lead's values.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Option(help: "Its title.")
  var title: String?

  @Option(help: "Where the request came from.")
  var source: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    CardUpdateCommand(
      id: id, title: title, source: source, status: status, fields: fields, of: "lead")
  }
}
