internal import JSON

/// What a text in the stage column means: a stage of the pipeline and, for a closed deal, the open
/// stage where it stood until then.
struct StageRule: Sendable, Equatable {
  var stage: String
  /// `open`, `won` or `lost`.
  var outcome: String
  /// Where a closed deal stood; the server takes the last open stage without it.
  var openedIn: String?

  init(stage: String, outcome: String, openedIn: String? = nil) {
    self.stage = stage
    self.outcome = outcome
    self.openedIn = openedIn
  }

  init(_ json: JSON, place: String) throws {
    guard let object = json.object, let stage = object["stage"]?.string else {
      throw ConsoleFailure.usage("Mapping: \(place) must be an object that names its stage.")
    }
    try MappingCheck.members(of: object, are: ["stage", "outcome", "opened_in"], place: place)
    self.init(
      stage: stage, outcome: object["outcome"]?.string ?? "open",
      openedIn: object["opened_in"]?.string)
    guard ["open", "won", "lost"].contains(outcome) else {
      throw ConsoleFailure.usage("Mapping: \(place) has outcome \(outcome), not open, won or lost.")
    }
  }

  var json: JSON {
    var members: JSONObject = ["stage": .string(stage), "outcome": .string(outcome)]
    members["opened_in"] = openedIn.map { .string($0) }
    return .object(members)
  }
}
