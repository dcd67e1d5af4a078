internal import ArgumentParser
internal import Console

/// `voronka deal pause ID --until DAY --reason TEXT`.
struct DealPause: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Stop a deal's clocks until a day.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Option(help: "A day, 2026-12-01, or a moment, 2026-12-01T09:00:00+03:00.")
  var until: String

  @Option(help: "Why.")
  var reason: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PauseCommand(.pause(until: until, reason: reason), id: id, of: "deal")
  }
}
