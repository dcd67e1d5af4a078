internal import ArgumentParser
internal import Console

/// `voronka reason update REASON`.
struct ReasonUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a reason, put it away or take it up again.")

  @Argument(help: "The reason, by id or name.")
  var reason: String

  @Option(help: "The list in which it is, where others have one of the name.")
  var kind: String?

  @Option(help: "Its new name.")
  var name: String?

  @Flag(inversion: .prefixedNo, help: "Whether it can be chosen.")
  var active: Bool?

  @OptionGroup
  var terms: ReasonTermsOptions

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ReasonCommand(.update(reason, kind: kind, name: name, isActive: active, terms.terms))
  }
}
