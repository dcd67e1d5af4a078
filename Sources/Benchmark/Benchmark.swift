internal import Demo
internal import Foundation
public import SalesRules

/// `voronkad bench`: how fast the server is, beside pgbench running the same transactions on the same
/// cluster.
public struct Benchmark: Sendable {
  private let options: BenchmarkOptions
  private let program: String
  private let version: String
  private let say: @Sendable (String) -> Void

  /// A benchmark of this program.
  /// - Parameters:
  ///   - program: the path of `voronkad`, which serves as a child process.
  ///   - version: its version.
  ///   - say: takes what is going on, line by line.
  public init(
    _ options: BenchmarkOptions, program: String, version: String,
    say: @escaping @Sendable (String) -> Void
  ) {
    self.options = options
    self.program = program
    self.version = version
    self.say = say
  }

  /// Measures, writes the report and returns it as text for a terminal.
  public func run(at now: Timestamp) async throws -> String {
    if let problem = options.problem { throw BenchmarkError(problem) }
    say("starting the server in \(options.folder)")
    let installation = try await BenchmarkInstallation.open(
      program: program, options: options, say: say)
    do {
      if options.measuresNoise {
        let report = try await measureNoise(installation, at: now)
        await installation.close()
        try report.markdown.write(toFile: options.report, atomically: true, encoding: .utf8)
        return report.text
      }
      let report = try await measure(installation, at: now)
      await installation.close()
      try report.markdown.write(toFile: options.report, atomically: true, encoding: .utf8)
      return report.text
    } catch {
      await installation.close()
      throw error
    }
  }

  private func measure(
    _ installation: BenchmarkInstallation, at now: Timestamp
  ) async throws -> Report {
    let filler = Filler(options: options, now: now, say: say)
    let ground = try await installation.prepare(at: now)
    var tokens: [Asker: [String]] = [:]
    for asker in options.askers {
      tokens[asker] = try await installation.tokens(asker, filler: filler)
    }
    try await installation.restart()
    let idle = try await measureIdle(installation, ground, tokens)
    if idle != nil { try await installation.restart() }
    var course = Course(
      options: options, at: now, ground: ground, installation: installation, tokens: tokens,
      say: say)
    let comparisons = try await course.run()
    return Report(
      options: options, machine: Machine(), version: version,
      postgres: try await installation.postgresVersion, now: now, comparisons: comparisons,
      idle: idle, peakMemory: ProcessMemory(of: installation.server.process)?.peak ?? 0)
  }

  private func measureNoise(
    _ installation: BenchmarkInstallation, at now: Timestamp
  ) async throws -> NoiseReport {
    let filler = Filler(options: options, now: now, say: say)
    let ground = try await installation.prepare(at: now)
    let tokens = try await installation.tokens(.admin, filler: filler)
    try await installation.restart()
    var extent = NeighbourLoad.Extent()
    extent.seconds = options.seconds
    let course = NoiseCourse(
      options: options, ground: ground, installation: installation, tokens: tokens,
      slug: try filler.company(1).slug, say: say)
    return NoiseReport(
      options: options, extent: extent, machine: Machine(), version: version,
      postgres: try await installation.postgresVersion, now: now,
      figures: try await course.run(extent))
  }

  private func measureIdle(
    _ installation: BenchmarkInstallation, _ ground: Ground, _ tokens: [Asker: [String]]
  ) async throws -> IdleConnections? {
    guard options.idleConnections > 0, let asker = options.askers.first else { return nil }
    say("opening \(options.idleConnections) idle connections")
    return try await IdleConnections.measure(
      options.idleConnections, port: installation.server.port, server: installation.server.process,
      source: RequestSource(.get, ground: ground, tokens: tokens[asker] ?? [], seed: 1))
  }
}
