internal import ArgumentParser
internal import Console

/// `voronka tenant list`.
struct TenantList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List companies.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.list)
  }
}
