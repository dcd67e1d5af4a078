internal import JSON

/// `voronka pipeline …`: pipelines and what they are made of.
public struct PipelineCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// All pipelines that one may see.
    case list
    /// One, by id or name, with its stages.
    case show(String)
    /// A new one, from a template or with open stages of one's own.
    case create(name: String, kind: String, template: String?, stages: [String])
    /// The templates there are.
    case templates
    /// Out of the way, with its cards kept.
    case archive(String)
    /// Gone, its cards moved as `STAGE=PIPELINE/STAGE` says, or only what would come of it.
    case delete(String, moves: [String], dryRun: Bool)
    /// Which freeze first when the plan allows fewer, or only what would come of it.
    case freezeOrder([String], dryRun: Bool)
  }

  let action: Action

  /// A command on pipelines.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list: return try await list(session)
      case .show(let text):
        return PipelineView.answer(try await Directory(session: session).pipeline(text))
      case .create(let name, let kind, let template, let stages):
        var params: JSONObject = ["kind": .string(kind), "name": .string(name)]
        params["template"] = template.map { .string($0) }
        if !stages.isEmpty { params["stages"] = .array(stages.map { ["name": .string($0)] }) }
        return PipelineView.answer(try await session.call("pipeline.create", .object(params)))
      case .templates:
        return GenericAnswer.make(
          try await session.call("pipeline.templates"), of: "pipeline.templates")
      case .archive(let text): return try await archive(text, session: session, context: context)
      case .delete(let text, let moves, let dryRun):
        let directory = Directory(session: session)
        let pipeline = try await directory.pipeline(text)
        var params: JSONObject = ["id": .integer(try Directory.id(pipeline))]
        if !moves.isEmpty {
          params["move_to"] = .array(try await Self.moves(moves, out: pipeline, directory))
        }
        if dryRun {
          params["dry_run"] = true
        } else {
          try context.confirm("Delete pipeline \"\(CellText.exact(pipeline["name"]))\" for good?")
        }
        return GenericAnswer.make(
          try await session.call("pipeline.delete", .object(params)),
          of: dryRun ? nil : "pipeline.delete")
      case .freezeOrder(let texts, let dryRun):
        let directory = Directory(session: session)
        var ids: [JSON] = []
        for text in texts {
          ids.append(.integer(try Directory.id(try await directory.pipeline(text))))
        }
        var params: JSONObject = ["pipelines": .array(ids)]
        if dryRun { params["dry_run"] = true }
        return GenericAnswer.make(
          try await session.call("pipeline.freeze_order", .object(params)),
          of: dryRun ? nil : "pipeline.freeze_order")
      }
    }
    context.present(answer)
  }

  /// `New=Kitchens/New`: from a stage of the pipeline to one of another.
  private static func moves(
    _ texts: [String], out pipeline: JSON, _ directory: Directory
  ) async throws -> [JSON] {
    let others = try await directory.session.items("pipeline.list").filter {
      $0["kind"] == pipeline["kind"] && $0["id"] != pipeline["id"]
    }
    return try texts.map { text in
      guard let border = text.firstIndex(of: "=") else {
        throw ConsoleFailure.usage("\"\(text)\" is no move: write STAGE=PIPELINE/STAGE.")
      }
      let from = try Directory.stage(String(text[..<border]), among: [pipeline])
      let to = try Directory.stage(String(text[text.index(after: border)...]), among: others)
      return ["stage": .integer(from.id), "to": .integer(to.id)]
    }
  }

  private func list(_ session: Session) async throws -> Answer {
    let items = try await session.items("pipeline.list")
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("kind"), .member("frozen"),
        Listing.Column("STAGES") { pipeline in
          (pipeline["stages"]?.array ?? []).map { CellText.plain($0["name"]) }
            .joined(separator: " → ")
        },
      ], ifEmpty: "No pipelines that you may see.", origin: Origin("pipeline.list", "items"))
  }

  private func archive(
    _ text: String, session: Session, context: ConsoleContext
  ) async throws -> Answer {
    let pipeline = try await Directory(session: session).pipeline(text)
    let name = CellText.exact(pipeline["name"])
    try context.confirm("Archive pipeline \"\(name)\"?")
    let result = try await session.call(
      "pipeline.archive", ["id": .integer(try Directory.id(pipeline))])
    return Answer(json: result) { _ in [TerminalText.line("Archived pipeline \(name).")] }
  }
}
