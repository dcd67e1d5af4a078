internal import JSON
internal import JSONRPC

/// `voronka doctor`: whether an installation keeps its companies apart, and is well.
public struct DoctorCommand: ConsoleCommand {
  let plan: String?

  /// - Parameter plan: the code of the plan for the two companies; nil chooses one.
  public init(plan: String?) {
    self.plan = plan
  }

  /// Looks, tries, cleans up, and prints what was found.
  public func run(in context: ConsoleContext) async throws {
    let findings = try await Session.with(context) { session in
      var findings = try await system(session)
      findings += try await trial(session, context)
      return findings
    }
    context.present(Self.answer(findings))
    let faults = findings.filter { $0.state == .fault }
    guard faults.isEmpty else {
      throw ConsoleFailure.incomplete(
        "The installation has \(faults.count) fault\(faults.count == 1 ? "" : "s"): "
          + faults.map(\.check).joined(separator: ", ") + ".")
    }
  }

  /// What the server says of itself.
  private func system(_ session: Session) async throws -> [DoctorFinding] {
    let answer = try await session.call("system.check")
    let version = answer["version"]?.string ?? ""
    let isSame = version == Console.version
    return [
      DoctorFinding(
        "version", isSame ? .fine : .warning,
        isSame ? version : "the server is \(version), this console \(Console.version)")
    ] + (answer["checks"]?.array ?? []).compactMap(DoctorFinding.init)
  }

  /// Two companies, tried against each other and taken away, whatever comes.
  private func trial(
    _ session: Session, _ context: ConsoleContext
  ) async throws -> [DoctorFinding] {
    let ward = DoctorWard(session, plan: plan)
    var findings: [DoctorFinding]
    do {
      let credentials = try Credentials(context)
      let own = try await ward.company("a", connectingBy: credentials, context)
      let other = try await ward.company("b", connectingBy: credentials, context)
      try await own.settle(things: 1)
      // More of each kind than any number in the first, and than those that the trial itself takes.
      let beyond = DoctorCompany.highestNumber(in: try await own.inventory()) + 40
      try await other.settle(things: Int(beyond) + 1)
      let discovery = try await Discovery.load(session)
      findings = try await LeakTrial(
        methods: discovery.methods, own: own, other: other, beyond: beyond,
        operatorSession: session
      ).run()
      await own.close()
      await other.close()
    } catch ConsoleFailure.server(let error) {
      findings = [
        DoctorFinding("trial", .fault, "could not be made: \(error.kind): \(error.message)")
      ]
    }
    return findings + [await ward.clear(session)]
  }

  private static func answer(_ findings: [DoctorFinding]) -> Answer {
    let items = findings.map(\.json)
    return Listing.answer(
      json: ["items": .array(items)], items: items,
      columns: [.member("check"), .member("state"), .member("detail")])
  }
}
