internal import ArgumentParser
internal import Console

/// `voronka tenant export TENANT FILE`.
struct TenantExport: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a whole company into a file.",
    discussion: """
      The file holds everything of the company but passwords, sessions and tokens: keep it as you keep \
      a backup. The company sees in its settings when it was written.
      """)

  @Argument(help: "The company's short name.")
  var tenant: String

  @Argument(help: "The file; it must not be there yet.")
  var file: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TenantExportCommand(tenant: tenant, path: file)
  }
}
