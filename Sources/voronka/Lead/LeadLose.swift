internal import ArgumentParser
internal import Console

/// `voronka lead lose ID`.
struct LeadLose: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lose", abstract: "Close a lead as lost.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Option(help: "A reason by id or name.")
  var reason: String?

  @Option(help: "A comment.")
  var comment: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealCloseCommand(.lose, id: id, reason: reason, comment: comment, of: "lead")
  }
}
