internal import ArgumentParser
internal import Console

/// `voronka activity cancel ID`.
struct ActivityCancel: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Tell that something is not to be done.")

  @Argument(help: "The activity's id.")
  var id: Int64

  @Option(help: "Why.")
  var comment: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityCommand(.cancel(id: id, comment: comment))
  }
}
