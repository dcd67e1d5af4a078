internal import ArgumentParser
internal import Console

/// `voronka tenant set-plan TENANT PLAN`.
struct TenantSetPlan: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "set-plan", abstract: "Put a company on another plan.")

  @Argument(help: "The company's short name.")
  var tenant: String

  @Argument(help: "The plan's code.")
  var plan: String

  @Flag(help: "Only tell what would freeze, thaw and be exceeded.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantCommand(.setPlan(tenant: tenant, plan: plan, dryRun: dryRun))
  }
}
