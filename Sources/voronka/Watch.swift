internal import ArgumentParser
internal import Console

/// `voronka watch`.
struct Watch: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what happens to the cards and pipelines you see, as it happens.",
    discussion: """
      voronka watch
      voronka watch --pipeline Kitchens --about deal --about note
      voronka watch --output json --after 812

      One line an event; with --output json the event as the server tells it. Each has a number: \
      --after goes on behind it without a gap, for the seven days that events are kept.
      """)

  @Option(help: "Go on behind the event with this number.")
  var after: Int64?

  @Option(help: "Only this pipeline and its cards, by id or name; may be given several times.")
  var pipeline: [String] = []

  @Option(
    help:
      "Only what is about this: deal, lead, note, pipeline, usage …; may be given several times.")
  var about: [String] = []

  @Option(help: "End after so many events.")
  var count: Int?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard after ?? 0 >= 0, count ?? 0 >= 0 else {
      throw ValidationError("--after and --count want numbers from 0 on.")
    }
  }

  func command() throws -> any ConsoleCommand {
    var selection = WatchCommand.Selection()
    selection.after = after
    selection.pipelines = pipeline
    selection.nouns = about
    selection.count = count
    return WatchCommand(selection)
  }
}
