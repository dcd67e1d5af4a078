internal import ArgumentParser
internal import Console

/// `voronka reason list`.
struct ReasonList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List reasons, by list.")

  @Option(help: "One list: loss, win or invalid.")
  var kind: String?

  @Option(help: "Losses of one kind: dropped, refused or vanished.")
  var lossKind: String?

  @Flag(help: "Those that can no longer be chosen, too.")
  var all = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ReasonCommand(.list(kind: kind, lossKind: lossKind, withInactive: all))
  }
}
