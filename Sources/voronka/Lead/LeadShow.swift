internal import ArgumentParser
internal import Console

/// `voronka lead show ID`.
struct LeadShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one lead.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealShowCommand(id: id, of: "lead")
  }
}
