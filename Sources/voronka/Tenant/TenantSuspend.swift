internal import ArgumentParser
internal import Console

/// `voronka tenant suspend TENANT`.
struct TenantSuspend: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend", abstract: "Lock all people of a company out; asks first.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.suspend(tenant))
  }
}
