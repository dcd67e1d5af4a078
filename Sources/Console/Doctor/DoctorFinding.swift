internal import JSON

/// What the doctor found out about one thing.
struct DoctorFinding: Sendable {
  enum State: String, Sendable {
    case fine = "ok"
    case warning
    case fault
  }

  let check: String
  let state: State
  let detail: String

  /// From the server's own.
  init?(_ json: JSON) {
    guard let check = json["check"]?.string, let detail = json["detail"]?.string else { return nil }
    self.check = check
    self.detail = detail
    // What this console does not know is somebody's to look at.
    state = json["state"]?.string.flatMap { State(rawValue: $0) } ?? .warning
  }

  init(_ check: String, _ state: State, _ detail: String) {
    self.check = check
    self.state = state
    self.detail = detail
  }

  /// Fine where there are no faults.
  init(_ check: String, faults: [String], fine: String) {
    let shown = faults.prefix(5).joined(separator: "; ")
    self.init(
      check, faults.isEmpty ? .fine : .fault,
      faults.isEmpty ? fine : faults.count > 5 ? "\(shown); and \(faults.count - 5) more" : shown)
  }

  var json: JSON {
    ["check": .string(check), "state": .string(state.rawValue), "detail": .string(detail)]
  }
}
