internal import JSON

/// `voronka pipeline lint PIPELINE`: the faults of a pipeline, and what to do about them.
public struct PipelineLintCommand: ConsoleCommand {
  let pipeline: String?
  let from: String?
  let to: String?

  /// A look at a pipeline by id or name, and at its cards created in a period.
  public init(pipeline: String?, from: String? = nil, to: String? = nil) {
    self.pipeline = pipeline
    self.from = from
    self.to = to
  }

  /// Looks and prints what was found.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let pipeline = try await Directory(session: session).pipeline(pipeline)
      var params: JSONObject = ["id": .integer(try Directory.id(pipeline))]
      params["from"] = from.map { .string($0) }
      params["to"] = to.map { .string($0) }
      return PipelineLintView.answer(
        try await session.call("pipeline.lint", .object(params)), pipeline: pipeline)
    }
    context.present(answer)
  }
}
