public import ArgumentParser
public import Benchmark
internal import Features
internal import Foundation
internal import Logging

/// `voronkad bench`: how fast this server is on this machine.
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure this server beside pgbench running the same transactions.",
    discussion: """
      Works on an installation of its own: makes and fills it in the data folder where there is none, \
      starts the server, measures, and stops it. Prints a table and writes a Markdown file. \
      docs/benchmarks.md says what is measured and how.
      """)

  /// What can be measured by itself.
  enum Section: String, ExpressibleByArgument, CaseIterable {
    case load
    case rights
    case fields
    case search
  }

  @Option(
    help: """
      load: the server beside pgbench; rights: what rights cost; fields: moves and conversions of cards with \
      fields of the company's own; search: finding cards among a million of one company. Each in a folder of \
      its own.
      """)
  var section = Section.load

  @Option(help: "The data folder; the installation in it is the benchmark's own.")
  var data: String

  @Option(help: "How many companies.")
  var tenants = 200

  @Option(
    help: "How many deals each company has, 500 at least; 5000, and 1000000 of the section search.")
  var deals: Int?

  @Option(help: "How the companies are filled: sql is fast, wire is the import.")
  var fill = BenchmarkOptions.Filling.sql

  @Option(help: "How long each run lasts, in seconds.")
  var seconds = 5.0

  @Option(help: "How many times each is measured; medians are taken.")
  var pairs = 5

  @Option(help: "What is measured, with commas; everything without it.")
  var only: String?

  @Option(name: .customLong("as"), help: "As whom: member, admin, or both with a comma.")
  var askers = "member,admin"

  @Option(help: "With how many connections, with commas; 1,8,64, and 1,8 of the section search.")
  var connections: String?

  @Option(help: "Among how many clients pgbench's best is looked for, with commas.")
  var referenceClients = "1,2,4,8,16,32,64"

  @Option(help: "How many idle connections are measured; 0 for none.")
  var idle = 5000

  @Flag(help: "Measure instead what one company's flood costs the others.")
  var noisy = false

  @Option(help: "Where the report goes; benchmark.md in the data folder without it.")
  var report: String?

  func run() async throws {
    var logger = Logger(
      label: "voronkad.bench", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .warning
    let options = try options()
    if let problem = options.problem { throw ValidationError(problem) }
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let say: @Sendable (String) -> Void = {
      FileHandle.standardError.write(Data(($0 + "\n").utf8))
    }
    let benchmark = Benchmark(
      options, program: program, version: BuildVersion.text,
      say: say)
    do {
      if section == .rights {
        return print(try await RightsBenchmark(options, program: program, say: say).run())
      }
      if section == .search {
        let search = SearchBenchmark(
          options, program: program, version: BuildVersion.text, say: say)
        return print(try await search.run(at: WallClock.system.now))
      }
      print(try await benchmark.run(at: WallClock.system.now))
    } catch {
      logger.critical("nothing was measured", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }

  private func options() throws -> BenchmarkOptions {
    let folder = URL(fileURLWithPath: data).standardizedFileURL.path
    var options = BenchmarkOptions(folder: folder, report: report ?? folder + "/benchmark.md")
    options.tenants = section == .search ? 1 : tenants
    options.deals = deals ?? (section == .search ? 1_000_000 : 5000)
    options.filling = fill
    options.seconds = seconds
    options.pairs = pairs
    options.hasFields = section == .fields
    if section == .fields { options.operations = Operation.withFields }
    if let only, section == .search {
      options.scenarios = try Self.list("--only", only, SearchScenario.init(rawValue:))
    } else if let only {
      options.operations = try Self.list("--only", only, Operation.init(rawValue:))
    }
    options.askers = try Self.list("--as", askers, Asker.init(rawValue:))
    options.connections = try Self.list(
      "--connections", connections ?? (section == .search ? "1,8" : "1,8,64"), { Int($0) })
    options.referenceClients = try Self.list(
      "--reference-clients", referenceClients, { Int($0) })
    options.idleConnections = idle
    options.measuresNoise = noisy
    return options
  }

  private static func list<Value>(
    _ name: String, _ text: String, _ read: (String) -> Value?
  ) throws -> [Value] {
    try text.split(separator: ",").map { word in
      guard let value = read(String(word)) else {
        throw ValidationError("\(name) does not know \"\(word)\".")
      }
      return value
    }
  }
}

extension BenchmarkOptions.Filling: ExpressibleByArgument {}
