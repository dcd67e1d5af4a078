internal import Demo
internal import JSON
internal import JSONRPC
internal import SalesRules
internal import VoronkaClient

/// Measures what one company's flood costs the others: alone, under its plan's limit, without one.
struct NoiseCourse {
  let options: BenchmarkOptions
  let ground: Ground
  let installation: BenchmarkInstallation
  /// The owners' session tokens.
  let tokens: [String]
  /// The company that floods: the first.
  let slug: String
  let say: @Sendable (String) -> Void

  /// The medians of each phase; the phases take turns.
  func run(_ extent: NeighbourLoad.Extent) async throws -> [(
    phase: NoisePhase, median: NeighbourFigures
  )] {
    var runs: [NoisePhase: [NeighbourFigures]] = [:]
    for pair in 1...options.pairs {
      try await installation.flush()
      for phase in NoisePhase.allCases {
        try await putFlood(on: phase)
        let figures = try await measure(phase, extent, seed: UInt64(pair))
        runs[phase, default: []].append(figures)
        say("\(phase.title), run \(pair): p50 \(figures.p50) ms, p99 \(figures.p99) ms")
      }
    }
    return NoisePhase.allCases.map {
      (phase: $0, median: NeighbourFigures(medianOf: runs[$0] ?? []))
    }
  }

  private func measure(
    _ phase: NoisePhase, _ extent: NeighbourLoad.Extent, seed: UInt64
  ) async throws -> NeighbourFigures {
    func source(_ operation: Operation, _ number: UInt64) -> RequestSource {
      RequestSource(operation, ground: ground, tokens: tokens, seed: seed * 10 + number)
    }
    var move = source(.move, 3)
    move.places = try await Places(installation.database, ground: ground)
    var extent = extent
    if phase == .alone { extent.flood = 0 }
    return try await NeighbourLoad.measure(
      extent, steady: [source(.get, 1), source(.list, 2), move],
      flooding: [source(.get, 4), source(.create, 5)], port: installation.server.port)
  }

  /// The flooding company's plan.
  private func putFlood(on phase: NoisePhase) async throws {
    let connection = try await installation.operatorConnection()
    var limits = JSONObject(PlanLimit.allCases.map { ($0.rawValue, JSON.null) })
    if let limit = phase.requestsPerSecond { limits["requests_per_second"] = .integer(limit) }
    do {
      _ = try await connection.call("plan.get", ["code": .string(phase.plan)])
    } catch let error as RPCError where error.kind == "not_found" {
      _ = try await connection.call(
        "plan.create",
        ["code": .string(phase.plan), "name": "Benchmark", "limits": .object(limits)])
    }
    _ = try await connection.call(
      "tenant.set_plan", ["tenant": .string(slug), "plan": .string(phase.plan)])
    await connection.close()
  }
}
