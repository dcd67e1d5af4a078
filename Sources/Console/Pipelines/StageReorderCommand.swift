internal import JSON

/// `voronka stage reorder`: the stages of a pipeline in another order.
public struct StageReorderCommand: ConsoleCommand {
  let pipeline: String
  let stages: [String]
  let isDryRun: Bool

  /// The pipeline and its stages by ids or names; those that are not named follow in their present order.
  public init(pipeline: String, stages: [String], isDryRun: Bool) {
    self.pipeline = pipeline
    self.stages = stages
    self.isDryRun = isDryRun
  }

  /// Tries it, asks where cards stand in stages that change places, and does it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let present = try await Directory(session: session).pipeline(pipeline)
      let named = try stages.map { try Directory.stage($0, among: [present]).id }
      let all = (present["stages"]?.array ?? []).compactMap { $0["id"]?.int64 }
      let order = named + all.filter { !named.contains($0) }
      var params: JSONObject = [
        "pipeline": present["id"] ?? .null, "stages": .array(order.map { .integer($0) }),
        "with_cards": true, "dry_run": true,
      ]
      let trial = try await session.call("stage.reorder", .object(params))
      guard !isDryRun else { return Self.answer(trial) }
      if let cards = trial["cards"]?.int64, cards > 0 {
        let count = Amount.grouped(cards)
        try context.confirm(
          "Reorder? \(count) cards stand in stages that change places, and stay in them.")
      }
      params["dry_run"] = nil
      params["if_version"] = present["version"]
      return PipelineView.answer(try await session.call("stage.reorder", .object(params)))
    }
    context.present(answer)
  }

  private static func answer(_ trial: JSON) -> Answer {
    Answer(json: trial) { _ in
      let names = (trial["order"]?.array ?? []).map { CellText.plain($0) }
      let cards = Amount.grouped(trial["cards"]?.int64 ?? 0)
      return [
        TerminalText.line(names.joined(separator: " → ")),
        TerminalText.line("\(cards) cards stand in stages that change places."),
      ]
    }
  }
}
