/// A mapping made from headings and a look at the content, with notes on what was guessed.
struct MappingProposal: Sendable {
  let mapping: ImportMapping
  /// What a person should look at before using it.
  let notes: [String]

  init(folder: [SourceFile], source: String, pipelineName: String) throws {
    var notes: [String] = []
    var files: [FileMapping] = []
    var stages: [MappedStage] = []
    for file in folder {
      guard let proposer = FileProposer(file) else {
        notes.append("\(file.name): its headings tell of nothing known, so it is left out.")
        continue
      }
      let proposal = try proposer.propose()
      files.append(proposal.mapping)
      for stage in proposal.stages where !stages.contains(stage) { stages.append(stage) }
      notes += proposal.notes.map { "\(file.name): \($0)" }
    }
    guard !files.isEmpty else {
      throw ConsoleFailure.usage(
        "None of the files has headings that are known; write a mapping by hand.")
    }
    let mentioned = Self.mentioned(in: files)
    files += mentioned
    notes += mentioned.map(Self.note)
    let order = ImportKind.allCases
    files.sort {
      (order.firstIndex(of: $0.kind) ?? 0, $0.file) < (order.firstIndex(of: $1.kind) ?? 0, $1.file)
    }
    let open = StageVocabulary.ordered(stages.filter { $0.kind == "open" }.map(\.name))
    let closed = stages.filter { $0.kind != "open" }
    for index in files.indices { Self.placeClosed(in: &files[index], after: open) }
    let hasDeals = files.contains { $0.kind == .deal }
    mapping = ImportMapping(
      source: source,
      pipeline: hasDeals
        ? .named(pipelineName, stages: open.map { MappedStage($0) } + closed) : nil,
      files: files)
    self.notes = notes
  }

  /// What files refer to and none of them tells of is made from the column that names it: otherwise not
  /// one of their rows could be taken.
  private static func mentioned(in files: [FileMapping]) -> [FileMapping] {
    let told = Set(files.map(\.kind))
    return files.flatMap { file in
      file.kind.members.compactMap { member -> FileMapping? in
        guard let kind = ImportKind.references[member], kind.canBeMentioned, !told.contains(kind),
          let rule = file.members[member], case .column = rule.source
        else { return nil }
        var mention = FileMapping(file: file.file, kind: kind)
        mention.delimiter = file.delimiter
        mention.isMentioned = true
        mention.members = ["external_id": rule, "name": rule]
        return mention
      }
    }
  }

  private static func note(on mention: FileMapping) -> String {
    let column = mention.columns.joined()
    let note =
      "\(mention.file): no file tells of its \(mention.kind.plural), so they are made from column "
      + column
    guard mention.kind == .person else { return note }
    return note
      + ", as new people; who is in the company already needs a file of people with their e-mail addresses"
  }

  /// A closed deal whose file does not tell where it stood is taken to have stood in the last open
  /// stage, so that its time in the pipeline is not lost.
  private static func placeClosed(in file: inout FileMapping, after open: [String]) {
    for (text, rule) in file.stages where rule.outcome != "open" {
      file.stages[text]?.openedIn = open.last
    }
  }
}
