internal import JSON
internal import SalesRules

/// What an answer warns of: a rule that a step broke and that only warns, or something that was not taken.
struct CardWarning: Sendable {
  let kind: String
  let message: String
  let detail: JSON

  init(kind: String, message: String, detail: JSON) {
    self.kind = kind
    self.message = message
    self.detail = detail
  }

  init(_ problem: GateProblem) {
    self.init(
      kind: problem.code, message: problem.sentence, detail: CardGate.detail(problem))
  }
}

extension [CardWarning] {
  /// The member `warnings` of an answer; absent where there are none.
  func writeWarnings(to writer: inout JSONWriter) {
    guard !isEmpty else { return }
    writer.name("warnings")
    writeList(to: &writer)
  }

  /// The same as a list, which may be empty.
  func writeList(to writer: inout JSONWriter) {
    writer.array {
      for warning in self {
        $0.object {
          $0.member("kind", warning.kind)
          $0.member("message", warning.message)
          $0.name("detail")
          $0.value(warning.detail)
        }
      }
    }
  }
}
