internal import ArgumentParser
internal import Console

/// `voronka work [PIPELINE]`.
struct Work: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Work on a pipeline's board on the whole screen, key by key.",
    discussion: """
      The arrows choose a card; m moves it, n notes, p plans, w and x close it, q quits. What others do \
      is drawn as it happens.
      """)

  @Argument(help: "A pipeline by id or name; not needed where there is only one.")
  var pipeline: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    WorkCommand(pipeline: pipeline)
  }
}
