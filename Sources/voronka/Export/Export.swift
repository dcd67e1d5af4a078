internal import ArgumentParser
internal import Console

/// `voronka export WHAT`.
struct Export: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Take leads, deals, contacts or companies out, as CSV or JSON lines.",
    discussion: """
      voronka export deals --pipeline Sales --file deals.csv
      voronka export contacts --output json

      Only what one holds the right to export; the export stands in the company's audit. CSV is what \
      --output table means here too. Cells that a spreadsheet would run get an apostrophe, which \
      voronka import takes away again; --exact-csv leaves them as they are.
      """)

  @Argument(help: "leads, deals, contacts or companies.")
  var what: String

  @Option(help: "Of one pipeline, by id or name.")
  var pipeline: String?

  @Option(help: StageHelp.of("Of one stage"))
  var stage: String?

  @Option(help: "open, won or lost.")
  var outcome: String?

  @Option(help: "Whose: a user by id, e-mail or name.")
  var responsible: String?

  @Option(help: "Where the requests came from.")
  var source: String?

  @Option(help: "Of cards made on this day (YYYY-MM-DD) or later.")
  var from: String?

  @Option(help: "Of cards made before this day.")
  var to: String?

  @Option(help: "A file to write; it must not be there yet. Without it: standard output.")
  var file: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = ExportCommand.Filter()
    filter.pipeline = pipeline
    filter.stage = stage
    filter.outcome = outcome
    filter.responsible = responsible
    filter.source = source
    filter.from = from
    filter.to = to
    return ExportCommand(what: what, filter: filter, path: file)
  }
}
