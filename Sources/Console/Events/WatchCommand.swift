internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// `voronka watch`: what becomes of things, line by line, as it happens.
public struct WatchCommand: ConsoleCommand {
  /// What is wanted; what is nil or empty is not asked for.
  public struct Selection: Sendable {
    /// The sequence of the last event that is known.
    public var after: Int64?
    /// By ids or names.
    public var pipelines: [String] = []
    /// Such as `deal`.
    public var nouns: [String] = []
    /// After how many events to end.
    public var count: Int?

    /// Everything, without an end.
    public init() {}
  }

  let selection: Selection

  /// Watches until the connection or the reader ends.
  public init(_ selection: Selection) {
    self.selection = selection
  }

  /// Subscribes and prints each event.
  public func run(in context: ConsoleContext) async throws {
    guard context.options.output != .csv else {
      throw ConsoleFailure.usage("watch prints lines of text, or of JSON with --output json.")
    }
    try await Session.with(context) { session in
      let directory = Directory(session: session)
      let parameters = try await parameters(directory)
      let line = try await line(context, directory)
      let start = try await session.call("event.subscribe", .object(parameters))
      context.say(
        "Watching from \(CellText.exact(parameters["after"] ?? start["sequence"])) on.")
      try await follow(session, context, line)
    }
  }

  private func parameters(_ directory: Directory) async throws -> JSONObject {
    var parameters = JSONObject()
    if let after = selection.after { parameters["after"] = .integer(after) }
    var pipelines: [JSON] = []
    for pipeline in selection.pipelines {
      pipelines.append(try await directory.pipeline(pipeline)["id"] ?? .null)
    }
    if !pipelines.isEmpty { parameters["pipelines"] = .array(pipelines) }
    if !selection.nouns.isEmpty {
      parameters["nouns"] = .array(selection.nouns.map { .string($0) })
    }
    return parameters
  }

  private func line(
    _ context: ConsoleContext, _ directory: Directory
  ) async throws -> @Sendable (JSON) -> String {
    guard context.options.output != .json else { return { TerminalText.json($0.description) } }
    let names = EventText(
      stages: Self.stages(try await directory.session.items("pipeline.list")),
      people: try await directory.userNames(), style: context.style)
    let moments = try await CompanyMoments.load(directory.session)
    return { event in CellText.$moments.withValue(moments) { names.line(event) } }
  }

  private static func stages(_ pipelines: [JSON]) -> [Int64: String] {
    Directory.namesByID(pipelines.flatMap { $0["stages"]?.array ?? [] })
  }

  private func follow(
    _ session: Session, _ context: ConsoleContext, _ line: (JSON) -> String
  ) async throws {
    var left = selection.count ?? .max
    var last: JSON?
    do {
      guard left > 0 else { return }
      for try await notification in session.connection.notifications {
        guard notification.method == "event" else { continue }
        let event = notification.params
        if let ended = event["ended"] { throw ConsoleFailure.server(RPCError(ended: ended)) }
        last = event["sequence"]
        context.output.line(line(event))
        try context.output.check()
        left -= 1
        if left == 0 || context.output.isDeserted { return }
      }
    } catch let error as ConnectionError {
      let hint = last.map { " Go on with --after \(CellText.exact($0))." } ?? ""
      throw ConsoleFailure.unreachable(error.message + "." + hint)
    }
  }
}
