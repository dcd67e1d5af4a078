internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

extension MatrixScene {
  /// Calls one case with the things of each ownership and holds what comes of it against the rule; gives
  /// how many were done.
  func check(
    _ method: String, _ item: IsolationCase, _ rule: Rule, as role: MatrixRole
  ) async throws -> Int {
    let own = try #require(things[.own])
    var allowed = 0
    for whose in item.namesOthers ? Ownership.allCases : [.own] {
      let verdict = rule(role, whose)
      let parameters =
        verdict == .allowed && (item.usesUp || item.isRefusedAnyway || method == "grant.revoke")
        ? try await unused(item, method, whose)
        : item.parameters(own, try #require(things[whose]))
      let comparesWithNever = [.absent, .hidden].contains(verdict) || verdict.isShut
      let never =
        comparesWithNever && item.namesOthers
        ? await IsolationScene.outcome(asker, method, item.parameters(own, .never)) : nil
      let outcome = await IsolationScene.outcome(asker, method, parameters)
      let told = "\(role) \(method) \(whose) \(parameters): \(outcome.text)"
      let kind = outcome.refusal?.kind
      switch verdict {
      case .allowed:
        #expect(outcome.refusal == nil, "\(told)")
        allowed += 1
      case .forbidden(let action):
        #expect(kind == "forbidden" && outcome.refusal?["needs"] == .string(action), "\(told)")
      case .absent:
        #expect(outcome.isRefusal && kind != "forbidden" && outcome == never, "\(told)")
      case .shut(let action):
        #expect(kind == "forbidden" && outcome.refusal?["needs"] == .string(action), "\(told)")
        if let never { #expect(outcome == never, "\(told)") }
      case .refused:
        #expect(outcome.isRefusal && kind != "internal", "\(told)")
      case .shown:
        #expect(outcome.result?.items.isEmpty == false, "\(told)")
        allowed += 1
      case .empty:
        #expect(outcome.result?.items == [], "\(told)")
      case .hidden:
        if let never { #expect(outcome == never, "\(told), and not \(never.text)") }
      }
      if !whose.isHere { #expect(!outcome.text.contains("Zulu"), "\(told)") }
    }
    return allowed
  }

  /// The params with things that no call has used up yet, and with names that nobody has.
  private func unused(
    _ item: IsolationCase, _ method: String, _ whose: Ownership
  ) async throws -> JSONObject {
    var (own, other) = (try #require(things[.own]), try #require(things[whose]))
    let noun = method.prefix { $0 != "." }
    var wanted = MatrixThing.usedUp(by: noun)
    if method == "grant.revoke" { wanted = [.grant] }
    if noun == "pipeline" || noun == "stage" {
      try await freshPipeline(into: &other)
      own = other
    }
    for thing in wanted {
      if item.names(thing, ofOther: true) {
        other[keyPath: thing.path] = try await fresh(thing, of: whose)
      }
      if item.names(thing, ofOther: false) {
        own[keyPath: thing.path] = try await fresh(thing, of: .own)
      }
      if whose == .own {
        let path = thing.path
        let isOthers = item.names(thing, ofOther: true)
        if isOthers { own[keyPath: path] = other[keyPath: path] }
        if !isOthers { other[keyPath: path] = own[keyPath: path] }
      }
    }
    var parameters = item.parameters(own, other)
    let unique = FreshNumber.next()
    for member in ["email", "name", "source"] {
      guard let text = parameters[member]?.string else { continue }
      parameters[member] = .string("\(unique)\(text)")
    }
    return parameters
  }
}

extension IsolationCase {
  /// Whether a thing of the one side or the other stands in the params.
  fileprivate func names(_ thing: MatrixThing, ofOther: Bool) -> Bool {
    let marked = CompanyThings.never
    var unmarked = marked
    unmarked[keyPath: thing.path] = 1
    return parameters(ofOther ? marked : unmarked, ofOther ? unmarked : marked)
      != parameters(marked, marked)
  }
}
