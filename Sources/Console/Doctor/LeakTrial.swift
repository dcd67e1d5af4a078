internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// Tries every method across two companies: what one of them asks must neither show nor change anything
/// of the other, whatever numbers it names.
struct LeakTrial {
  let methods: [MethodDescription]
  /// The company that asks.
  let own: DoctorCompany
  /// The company whose things must stay its own; it has more of each kind.
  let other: DoctorCompany
  /// From this number on things are the other company's alone.
  let beyond: Int64
  let operatorSession: Session

  /// Whoever asks.
  private struct Asker {
    let name: String
    let session: Session
  }

  /// A number that nothing ever had.
  private static let never: Int64 = 9_007_199_254_740_000
  /// These change who asks, or need no trial.
  private static let aside: Set<String> = [
    "auth.login", "auth.token", "auth.logout", "auth.accept", "auth.assume", "auth.change_password",
    "rpc.discover", "system.hello", "system.ping", "system.status",
  ]
  private static let readingVerbs: Set<String> = [
    "get", "list", "history", "board", "search", "read", "status", "lint", "explain", "matrix",
    "preview", "can_enter", "runs", "my_day", "shape", "usage", "templates", "begin",
  ]

  /// Reads first; nothing is written where one of them has shown too much.
  func run() async throws -> [DoctorFinding] {
    let before = try await other.inventory()
    let stranger = try await own.connect()
    let askers = [
      Asker(name: "another company's owner", session: own.owner),
      Asker(name: "another company's member", session: own.member),
      Asker(name: "nobody", session: stranger),
    ]
    let tried = methods.filter { !Self.aside.contains($0.name) }
    var leaks: [String] = []
    var calls = 0
    for method in tried where isReading(method) {
      for asker in askers { leaks += try await attempt(method, asker, &calls) }
    }
    var findings = [try await operatorsSight()]
    guard leaks.isEmpty else {
      await stranger.close()
      return findings + [DoctorFinding("leaks", faults: leaks, fine: "")]
    }
    for method in tried where !isReading(method) {
      for asker in askers { leaks += try await attempt(method, asker, &calls) }
    }
    await stranger.close()
    let after = try await other.inventory()
    let changed = before.keys.sorted().filter { before[$0] != after[$0] }
    findings.append(
      DoctorFinding(
        "leaks", faults: leaks,
        fine: "\(tried.count) methods, \(calls) calls: nothing of another company was shown"))
    findings.append(
      DoctorFinding(
        "changes", faults: changed.map { "\($0) changed" },
        fine: "nothing of another company was changed"))
    return findings
  }

  private func isReading(_ method: MethodDescription) -> Bool {
    let verb = method.name.split(separator: ".").last.map(String.init) ?? ""
    return method.name.hasPrefix("report.")
      || Self.readingVerbs.contains(verb)
        && method.name != "import.begin" && method.name != "export.begin"
  }

  /// - Returns: what was shown that must not be.
  private func attempt(
    _ method: MethodDescription, _ asker: Asker, _ calls: inout Int
  ) async throws -> [String] {
    let params = TrialParams(method: method, slug: other.slug)
    let foreign = [beyond, beyond + 1, Self.never]
    let numbers = !params.takesNumbers ? [1] : isReading(method) ? [1, 2, 3] + foreign : foreign
    var leaks: [String] = []
    var answers: [Int64: String] = [:]
    for number in numbers {
      for all in [false, true] {
        calls += 1
        let reply = try await reply(method.name, params.make(number: number, all: all), asker)
        if reply.text.contains(other.mark) {
          leaks.append("\(method.name) shows another company's things to \(asker.name)")
        }
        if !all, reply.isError, foreign.contains(number) {
          answers[number] = reply.text.replacing(String(number), with: "N")
        }
      }
    }
    // Whether a number is another company's or nobody's must make no difference.
    if Set(answers.values).count > 1 {
      leaks.append("\(method.name) tells \(asker.name) which numbers exist elsewhere")
    }
    return Array(Set(leaks))
  }

  /// The operator sees catalogues, and no company's cards or contacts.
  private func operatorsSight() async throws -> DoctorFinding {
    let nouns: Set<String> = [
      "lead", "deal", "card", "contact", "company", "note", "activity", "message", "report", "user",
      "team", "pipeline", "invoice",
    ]
    let asker = Asker(name: "the operator", session: operatorSession)
    var faults: [String] = []
    var count = 0
    for method in methods where isReading(method) {
      guard let noun = method.name.split(separator: ".").first, nouns.contains(String(noun))
      else { continue }
      count += 1
      let params = TrialParams(method: method, slug: other.slug).make(number: 1, all: false)
      let reply = try await reply(method.name, params, asker)
      if !reply.isError || reply.text.contains(other.mark) {
        faults.append("\(method.name) answers the operator")
      }
    }
    return DoctorFinding(
      "operators_sight", faults: faults,
      fine: "the operator sees no company's cards: \(count) methods refuse")
  }

  /// An answer or an error as a text.
  private struct Reply {
    let text: String
    let isError: Bool
  }

  private func reply(_ method: String, _ params: JSON, _ asker: Asker) async throws -> Reply {
    while true {
      do {
        let answer = try await asker.session.connection.call(method, params)
        return Reply(text: answer.description, isError: false)
      } catch let error as RPCError {
        if error.kind == "rate_limited", let wait = error["retry_after_ms"]?.int64 {
          try await Task.sleep(for: .milliseconds(min(wait, 5000)))
          continue
        }
        let data = error.data.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        return Reply(text: "\(error.kind) \(error.message) \(data)", isError: true)
      } catch let error as ConnectionError {
        throw ConsoleFailure.unreachable("\(method): \(error.message)")
      }
    }
  }
}
