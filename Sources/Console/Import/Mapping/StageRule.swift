internal import JSON

/// What a text in the stage column means: a stage, how the deal ended, or both.
struct StageRule: Sendable, Equatable {
  /// The open stage where the deal stands, or where it stood when it was closed.
  var stage: String?
  /// `open`, `won` or `lost`.
  var outcome: String

  init(stage: String?, outcome: String) {
    self.stage = stage
    self.outcome = outcome
  }

  init(_ json: JSON, place: String) throws {
    guard let object = json.object else {
      throw ConsoleFailure.usage("Mapping: \(place) must be an object with stage and outcome.")
    }
    try MappingCheck.members(of: object, are: ["stage", "outcome"], place: place)
    stage = object["stage"]?.string
    outcome = object["outcome"]?.string ?? "open"
    guard ["open", "won", "lost"].contains(outcome) else {
      throw ConsoleFailure.usage("Mapping: \(place) has outcome \(outcome), not open, won or lost.")
    }
  }

  var json: JSON {
    var members = JSONObject()
    members["stage"] = stage.map { .string($0) }
    members["outcome"] = .string(outcome)
    return .object(members)
  }
}
