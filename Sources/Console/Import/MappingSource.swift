internal import JSON

/// The mapping to import by: the file that was given, or a proposal.
struct MappingSource {
  let folder: String
  let settings: ImportCommand.Settings

  /// The mapping and what a person should know of it.
  func load() throws -> (ImportMapping, notes: [String]) {
    guard let path = settings.mapping else {
      let proposal = try propose()
      return (proposal.mapping, proposal.notes)
    }
    let json: JSON
    do {
      json = try JSONReader().read(FileBytes.contents(of: path))
    } catch let error as JSONError {
      throw ConsoleFailure.usage("\(path) is not JSON: \(error).")
    }
    var mapping = try ImportMapping(json)
    if let source = settings.source { mapping.source = source }
    return (mapping, [])
  }

  func propose() throws -> MappingProposal {
    do {
      return try MappingProposal(
        folder: SourceFile.all(in: folder), source: settings.source ?? folderName,
        pipelineName: "Sales")
    } catch let error as CSVError {
      throw ConsoleFailure.usage("\(error)")
    }
  }

  private var folderName: String {
    let names = folder.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return names.last.map(String.init) ?? "import"
  }
}
