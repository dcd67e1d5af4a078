internal import JSON

/// Stages are named by id, as `Pipeline/Stage`, or by a name that only one stage has among those that may be meant.
extension Directory {
  /// A stage that was found; where it was not named by its id, its pipeline and how it is spelled, too.
  struct Stage {
    let id: Int64
    var pipeline: Int64?
    var name = ""
  }

  /// One of the stages of some pipelines.
  static func stage(_ text: String, among pipelines: [JSON]) throws -> Stage {
    if let id = Int64(text) { return Stage(id: id) }
    let known = pipelines.flatMap { pipeline in
      (pipeline["stages"]?.array ?? []).map { stage -> JSON in
        let (name, place) = (CellText.exact(stage["name"]), CellText.exact(pipeline["name"]))
        return [
          "id": stage["id"] ?? .null, "name": .string("\(place)/\(name)"),
          "bare": .string(name), "pipeline": pipeline["id"] ?? .null,
        ]
      }
    }
    let wanted = text.replacing(/\s*\/\s*/, with: "/")
    let found = try match(known, text, noun: "stage") { stage in
      let name = CellText.exact(stage["name"])
      // However the stroke between them is written; a name may hold one of its own.
      let isSpelled = name.replacing(/\s*\/\s*/, with: "/").lowercased() == wanted.lowercased()
      return [CellText.exact(stage["bare"]), name] + (isSpelled ? [text] : [])
    }
    return Stage(
      id: try id(found), pipeline: found["pipeline"]?.int64, name: CellText.exact(found["name"]))
  }

  /// One of a pipeline by id or name, or, without one, of all of the lead's or deal's that the asker may do something
  /// in.
  func stage(
    _ text: String, of noun: String, in pipeline: String?, for action: String = "view"
  ) async throws -> Stage {
    if Int64(text) != nil { return try Self.stage(text, among: []) }
    if let pipeline { return try Self.stage(text, among: [try await self.pipeline(pipeline)]) }
    let known = try await session.items("pipeline.list").filter { pipeline in
      pipeline["kind"]?.string == noun && Self.allows(action, pipeline)
    }
    return try Self.stage(text, among: known)
  }

  /// One that a card may go to: a bare name is one of the card's own pipeline, so that no card leaves it unasked.
  func stage(_ text: String, ofCard id: Int64, _ noun: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    let card = try await session.call("\(noun).get", ["id": .integer(id)])
    let known = try await session.items("pipeline.list")
    let own = known.filter { $0["id"] == card["pipeline"] }
    let others = known.filter { $0["kind"]?.string == noun && $0["id"] != card["pipeline"] }
    do {
      return try Self.stage(text, among: own).id
    } catch ConsoleFailure.usage(let reason) {
      guard let other = try? Self.stage(text, among: others) else {
        throw ConsoleFailure.usage(reason)
      }
      guard !text.contains("/") else { return other.id }
      throw ConsoleFailure.usage("\(reason) In another pipeline: \"\(other.name)\".")
    }
  }
}
