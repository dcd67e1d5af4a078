internal import JSON

/// `voronka export`: cards, contacts or companies into a file or to standard output, page by page.
public struct ExportCommand: ConsoleCommand {
  let what: String
  let filter: Filter
  let path: String?

  /// Which rows are taken out.
  public struct Filter: Sendable {
    /// A pipeline by id or name.
    public var pipeline: String?
    /// A stage by id or name, or as `Pipeline/Stage`.
    public var stage: String?
    /// `open`, `won` or `lost`.
    public var outcome: String?
    /// The responsible by id, e-mail or name.
    public var responsible: String?
    /// Where the request came from.
    public var source: String?
    /// The first day of the cards' making.
    public var from: String?
    /// The day after the last one.
    public var to: String?

    /// Everything that one may export.
    public init() {}
  }

  /// An export of `leads`, `deals`, `contacts` or `companies`; without a file to standard output.
  public init(what: String, filter: Filter, path: String?) {
    self.what = what
    self.filter = filter
    self.path = path
  }

  /// Writes page after page; a file that is not whole does not stay.
  public func run(in context: ConsoleContext) async throws {
    let file = try path.map { try NewFile(path: $0) }
    let count = try await Session.with(context) { session in
      try await export(session, context: context) { text in
        if let file { return try file.write(text) }
        context.output.write(context.terminal.hasOutput ? CSVOnTerminal.shown(text) : text)
        try context.output.check()
      }
    }
    guard let file, let path else { return }
    try file.keep()
    context.say("\(count) rows in \(path)")
  }

  private func export(
    _ session: Session, context: ConsoleContext, _ put: (String) throws -> Void
  ) async throws -> Int {
    let begun = try await session.call("export.begin", .object(try await params(session)))
    let form = ExportForm(
      columns: (begun["columns"]?.array ?? []).compactMap(\.string),
      isJSON: context.options.output == .json, isExact: context.options.exactCSV)
    let total = begun["count"]?.int64 ?? 0
    // Where the rows themselves go to the terminal, a bar would stand among them.
    let progress =
      path == nil && context.terminal.hasOutput
      ? nil : ProgressBar(total: Int(total), context: context)
    defer { progress?.clear() }
    try put(form.heading)
    var page: JSONObject = ["id": begun["id"] ?? .null, "limit": 500]
    var count = 0
    while true {
      let answer = try await session.call("export.read", .object(page))
      let rows = answer["items"]?.array ?? []
      if !rows.isEmpty { try put(rows.map { form.line($0.array ?? []) }.joined()) }
      count += rows.count
      progress?.show(count, what)
      guard let next = answer["next"], !next.isNull else { return count }
      page["after"] = next
    }
  }

  private func params(_ session: Session) async throws -> JSONObject {
    let directory = Directory(session: session)
    var params: JSONObject = ["what": .string(what)]
    if let text = filter.pipeline {
      params["pipeline"] = .integer(try Directory.id(try await directory.pipeline(text)))
    }
    if let text = filter.stage {
      let noun = what == "leads" ? "lead" : "deal"
      params["stage"] = .integer(
        try await directory.stage(text, of: noun, in: filter.pipeline).id)
    }
    params["outcome"] = filter.outcome.map { .string($0) }
    params["source"] = filter.source.map { .string($0) }
    params["from"] = filter.from.map { .string($0) }
    params["to"] = filter.to.map { .string($0) }
    if let person = filter.responsible {
      params["responsible"] = .integer(try await directory.user(person))
    }
    return params
  }
}
