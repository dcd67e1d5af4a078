internal import ArgumentParser
internal import Console

/// `voronka reason create KIND NAME`.
struct ReasonCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a reason to a list.")

  @Argument(help: "The list: loss, win or invalid.")
  var kind: String

  @Argument(help: "The reason.")
  var name: String

  @OptionGroup
  var terms: ReasonTermsOptions

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ReasonCommand(.create(kind: kind, name: name, terms.terms))
  }
}
