internal import ArgumentParser
internal import Console

/// `voronka grant give PIPELINE ACTION …`.
struct GrantGive: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "give", abstract: "Give rights on a pipeline.",
    discussion: """
      voronka grant give Services view move close --team Seniors --cards team
      """)

  @OptionGroup
  var grant: GrantTermsOptions

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    GrantCommand(.give(try grant.terms()))
  }
}
