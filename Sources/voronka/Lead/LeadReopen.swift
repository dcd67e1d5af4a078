internal import ArgumentParser
internal import Console

/// `voronka lead reopen ID`.
struct LeadReopen: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Take a closed lead up again.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Option(help: StageHelp.of("Into which stage"))
  var stage: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealCloseCommand(.reopen, id: id, status: status, stage: stage, of: "lead")
  }
}
