internal import JSON

/// `voronka import --propose FOLDER`: a mapping made from the headings, to be looked at and changed.
public struct ImportProposeCommand: ConsoleCommand {
  let folder: String
  let source: String?

  /// A proposal for a folder.
  public init(folder: String, source: String?) {
    self.folder = folder
    self.source = source
  }

  /// Prints the mapping on standard output and the notes on standard error; asks no server.
  public func run(in context: ConsoleContext) async throws {
    var settings = ImportCommand.Settings()
    settings.source = source
    let proposal = try MappingSource(folder: folder, settings: settings).propose()
    context.output.line(TerminalText.json(PrettyJSON.text(proposal.mapping.json)))
    for note in proposal.notes { context.say("Note: \(note)") }
  }
}
