internal import ArgumentParser
internal import Console

/// `voronka lead resume ID`.
struct LeadResume: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let a paused lead's clocks run again.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PauseCommand(.resume, id: id, of: "lead")
  }
}
