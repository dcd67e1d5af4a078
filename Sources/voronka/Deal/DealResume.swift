internal import ArgumentParser
internal import Console

/// `voronka deal resume ID`.
struct DealResume: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let a paused deal's clocks run again.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PauseCommand(.resume, id: id, of: "deal")
  }
}
