internal import ArgumentParser
internal import Console

/// `voronka support forbid`.
struct SupportForbid: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "forbid",
    abstract: "Let the operator look in no more; a look that goes on ends at once.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    SupportCommand(.allow(false))
  }
}
