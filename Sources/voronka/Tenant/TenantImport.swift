internal import ArgumentParser
internal import Console

/// `voronka tenant import FILE`.
struct TenantImport: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a company out of a file of tenant export.",
    discussion: """
      Passwords do not travel in the file: the first owner gets a new one, which is asked for twice, or \
      comes from --password-stdin or VORONKA_NEW_PASSWORD, and gives the others theirs.
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: "The company's short name here; without it the one in the file.")
  var slug: String?

  @Option(help: "The code of its plan here; without it the one in the file.")
  var plan: String?

  @Flag(help: "Read the first owner's new password from the first line of standard input.")
  var passwordStdin = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = TenantImportDraft(path: file)
    draft.slug = slug
    draft.plan = plan
    draft.readsPasswordFromInput = passwordStdin
    return TenantImportCommand(draft)
  }
}
