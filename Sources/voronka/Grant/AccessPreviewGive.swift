internal import ArgumentParser
internal import Console

/// `voronka access preview give PIPELINE ACTION …`.
struct AccessPreviewGive: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "give", abstract: "As if the grant were given, in the place of the present one.")

  @OptionGroup
  var grant: GrantTermsOptions

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AccessPreviewCommand(.give(try grant.terms()))
  }
}
