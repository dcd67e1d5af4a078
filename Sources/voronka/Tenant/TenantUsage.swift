internal import ArgumentParser
internal import Console

/// `voronka tenant usage TENANT`.
struct TenantUsage: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "usage", abstract: "Show how much of its plan a company uses.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.usage(tenant))
  }
}
