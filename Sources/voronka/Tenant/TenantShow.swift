internal import ArgumentParser
internal import Console

/// `voronka tenant show TENANT`.
struct TenantShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one company.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.show(tenant))
  }
}
