internal import ArgumentParser
internal import Console

/// `voronka tenant delete TENANT`.
struct TenantDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a company, after days of grace; asks first.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @Option(help: "For how many days it can be restored; without it as many as the server was told.")
  var graceDays: Int?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard graceDays.map({ (0...3650).contains($0) }) ?? true else {
      throw ValidationError("--grace-days wants a number from 0 to 3650.")
    }
  }

  func command() throws -> any ConsoleCommand {
    TenantCommand(.delete(tenant, graceDays: graceDays))
  }
}
