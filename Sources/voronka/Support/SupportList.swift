internal import ArgumentParser
internal import Console

/// `voronka support list`.
struct SupportList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the operator's looks into the company, newest first.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    SupportCommand(.list)
  }
}
