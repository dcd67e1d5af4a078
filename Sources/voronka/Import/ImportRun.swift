internal import ArgumentParser
internal import Console

/// `voronka import FOLDER`.
struct ImportRun: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Import a folder of CSV files.",
    discussion: """
      voronka import sales
      voronka import --propose sales > mapping.json
      voronka import sales --mapping mapping.json --dry-run
      voronka import sales --skip-gate

      An import can be repeated: what is there already, by its external id, is not made twice. Rows that \
      come again with other values, or twice in a file, are not taken and told.
      """)

  @Argument(help: "The folder.")
  var folder: String

  @Flag(help: "Print a mapping made from the headings, and do nothing else.")
  var propose = false

  @Option(help: "A mapping file (JSON); default: a proposal made from the headings.")
  var mapping: String?

  @Flag(help: "Try everything, keep nothing.")
  var dryRun = false

  @Flag(
    help: """
      Take cards in spite of the rules of selling (required fields, reasons, comments), which the audit \
      shows; otherwise rows that break them are not taken.
      """)
  var skipGate = false

  /// What is done anyway; scripts say it from when it was not.
  @Flag(help: .hidden)
  var throughGate = false

  @Option(help: "Tells these ids from those of other sources; default: the folder's name.")
  var source: String?

  @Option(help: "The pipeline for the deals, by id or name.")
  var pipeline: String?

  @Option(help: "Where rows that were not taken go; default: rejected-SOURCE.csv.")
  var rejected: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard skipGate, throughGate else { return }
    throw ValidationError("Say --skip-gate or --through-gate, not both.")
  }

  func command() throws -> any ConsoleCommand {
    if propose { return ImportProposeCommand(folder: folder, source: source) }
    var settings = ImportCommand.Settings()
    settings.mapping = mapping
    settings.source = source
    settings.pipeline = pipeline
    settings.isDryRun = dryRun
    settings.skipsGate = skipGate
    settings.rejected = rejected
    return ImportCommand(folder: folder, settings: settings)
  }
}
