internal import ArgumentParser
internal import Console

/// `voronka deal invalidate ID`.
struct DealInvalidate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "invalidate", abstract: "Close a deal that never was a real request.")

  @Argument(help: "The deal's id.")
  var id: Int64

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
      .invalidate, id: id, reason: reason, comment: comment, status: status, fields: fields)
  }
}
