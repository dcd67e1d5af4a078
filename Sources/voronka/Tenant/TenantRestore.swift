internal import ArgumentParser
internal import Console

/// `voronka tenant restore TENANT`.
struct TenantRestore: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring a deleted company back, as long as its grace lasts.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.restore(tenant))
  }
}
