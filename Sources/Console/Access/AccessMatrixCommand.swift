internal import JSON

/// `voronka access matrix`: who may do what on which pipelines.
public struct AccessMatrixCommand: ConsoleCommand {
  let showsTeams: Bool
  let pipeline: String?

  /// The matrix of people, or of teams; of one pipeline by id or name, or of all.
  public init(showsTeams: Bool, pipeline: String?) {
    self.showsTeams = showsTeams
    self.pipeline = pipeline
  }

  /// Asks the server and prints a line for each person or team and pipeline.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var parameters: JSONObject = ["by": .string(showsTeams ? "teams" : "people")]
      if let pipeline {
        parameters["pipeline"] = .integer(
          try Directory.id(try await directory.pipeline(pipeline)))
      }
      let pipelines = Directory.namesByID(try await session.items("pipeline.list"))
      return Self.answer(
        try await session.items("access.matrix", parameters), pipelines: pipelines)
    }
    context.present(answer)
  }

  private static let actions = [
    "view", "create", "edit", "move", "close", "assign", "delete", "export", "configure",
  ]

  private static func answer(_ items: [JSON], pipelines: [Int64: String]) -> Answer {
    let rows = items.flatMap { item -> [JSON] in
      let who = item["user"] ?? item["team"] ?? .null
      guard item["everything"]?.bool != true else {
        return [["who": who, "pipeline": .string("all: \(CellText.plain(item["role"]))")]]
      }
      let cells = item["pipelines"]?.array ?? []
      guard !cells.isEmpty else { return [["who": who, "pipeline": "none"]] }
      return cells.map { cell in
        ["who": who, "pipeline": cell["pipeline"] ?? .null, "actions": cell["actions"] ?? .null]
      }
    }
    let columns =
      [
        Listing.Column("WHO") { CellText.plain($0["who"]) },
        Listing.Column("PIPELINE") { row in
          row["pipeline"]?.string ?? DealColumns.name(row["pipeline"], in: pipelines)
        },
      ]
      + actions.map { action in
        Listing.Column(action.uppercased()) { ScopeText.line($0["actions"]?[action]) }
      }
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: rows, columns: columns,
      ifEmpty: "Nobody there.")
  }
}
