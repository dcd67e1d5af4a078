internal import JSON
internal import VoronkaClient

/// `voronka import FOLDER`: CSV files into one's company.
public struct ImportCommand: ConsoleCommand {
  let folder: String
  let settings: Settings

  /// How to import.
  public struct Settings: Sendable {
    /// A mapping file; without one a proposal is made from the headings.
    public var mapping: String?
    /// What tells these external ids from those of others; without it the folder's name.
    public var source: String?
    /// The pipeline for the deals, by id or name; without it the mapping's, or `Sales`.
    public var pipeline: String?
    /// Whether everything is only tried.
    public var isDryRun = false
    /// Whether cards are taken in spite of the rules of selling.
    public var skipsGate = false
    /// Where rows that are not taken are written.
    public var rejected: String?

    /// A proposed mapping, into a pipeline `Sales`.
    public init() {}
  }

  /// An import of a folder.
  public init(folder: String, settings: Settings) {
    self.folder = folder
    self.settings = settings
  }

  /// Reads everything, says what is going to happen, asks, and does it.
  public func run(in context: ConsoleContext) async throws {
    let (mapping, notes) = try MappingSource(folder: folder, settings: settings).load()
    let plan: ImportPlan
    do {
      plan = try ImportPlan(mapping, folder: folder)
    } catch let error as CSVError {
      throw ConsoleFailure.usage("\(error)")
    }
    let outcome = try await Session.with(context) { session in
      try await perform(plan, notes: notes, session: session, context: context)
    }
    context.present(outcome.answer)
    if outcome.rejectedCount > 0 {
      throw ConsoleFailure.incomplete(
        "\(outcome.rejectedCount) rows were not taken: \(outcome.rejectedPath) says which and why.")
    }
  }

  private func perform(
    _ plan: ImportPlan, notes: [String], session: Session, context: ConsoleContext
  ) async throws -> ImportOutcome {
    let pipeline = try await PipelineChoice.find(
      plan.mapping.pipeline, override: settings.pipeline, directory: Directory(session: session))
    var plan = plan
    plan.place(in: pipeline)
    let principal = try await session.call("auth.whoami")
    let summary = ImportSummary(
      plan, pipeline: pipeline, skipsGate: settings.skipsGate, notes: notes)
    for line in summary.lines { context.say(line) }
    if !settings.isDryRun {
      let whom = PrincipalText.line(principal["principal"] ?? principal)
      try context.confirm("Import as \(whom)?")
    }
    let begun = try await session.call("import.begin", begin(plan.mapping, pipeline: pipeline))
    let id = try Directory.id(begun)
    let rejected = RejectedRows(
      path: settings.rejected ?? "rejected-\(Self.fileName(plan.mapping.source)).csv")
    let progress = ProgressBar(total: plan.sentRowCount, context: context)
    let sender = ImportSender(
      session: session, importID: id, references: plan.references, rejected: rejected,
      progress: progress)
    defer { progress.clear() }
    let finished: JSON
    do {
      try await sender.send(plan.files)
      finished = try await session.call("import.finish", ["id": .integer(id)])
    } catch let error as ConnectionError {
      throw ConsoleFailure.unreachable("\(error.message). \(brokenOff)")
    }
    return ImportOutcome(
      importID: id, source: plan.mapping.source, isDryRun: settings.isDryRun, tally: sender.tally,
      warnings: sender.warnings, substitutions: sender.references.substitutions,
      rejectedPath: rejected.path,
      server: finished)
  }

  /// What a person whose import was broken off has to know.
  private var brokenOff: String {
    settings.isDryRun
      ? "Nothing was changed: try again."
      : "What was taken stays: run the same command again, and it makes the rest without doubles."
  }

  private func begin(_ mapping: ImportMapping, pipeline: PipelineChoice) -> JSON {
    var params: JSONObject = [
      "source": .string(mapping.source),
      "kinds": .array(mapping.kinds.filter(\.isOnWire).map { .string($0.rawValue) }),
      "dry_run": .bool(settings.isDryRun), "skip_gate": .bool(settings.skipsGate),
    ]
    params["pipeline"] = pipeline.wire
    return .object(params)
  }

  private static func fileName(_ source: String) -> String {
    String(source.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "_" })
  }
}
