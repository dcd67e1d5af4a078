internal import ArgumentParser
internal import Console

/// `voronka tenant resume TENANT`.
struct TenantResume: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let the people of a company in again.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.resume(tenant))
  }
}
