internal import ArgumentParser
internal import Console

/// `voronka work [PIPELINE]`.
struct Work: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Work on a pipeline's board and your day on the whole screen, key by key.",
    discussion: """
      The arrows choose a card, Enter shows all of it; m moves it, n notes, p plans, w and x close it; \
      t shows your day, ? all keys, q quits. What others do is drawn as it happens. A connection that \
      breaks is made anew; --timeout says how long an answer may take before it counts as broken (30).
      """)

  @Argument(help: "A pipeline by id or name; without it the only one, or one that you choose.")
  var pipeline: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    WorkCommand(pipeline: pipeline)
  }
}
