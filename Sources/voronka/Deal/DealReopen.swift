internal import ArgumentParser
internal import Console

/// `voronka deal reopen ID`.
struct DealReopen: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Take a closed deal up again.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Option(help: StageHelp.of("Into which stage"))
  var stage: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealCloseCommand(.reopen, id: id, status: status, stage: stage)
  }
}
