internal import Foundation
internal import LocalPostgres
internal import Postgres

/// One run of pgbench.
struct ReferenceRun {
  /// How many clients it has, and how many threads drive them.
  struct Clients: Sendable, CustomStringConvertible {
    let count: Int
    let threads: Int

    var description: String { threads == 1 ? "\(count)" : "\(count) on \(threads) threads" }
  }

  /// pgbench's path.
  let program: String
  /// Where the database is, as the role that serves.
  let settings: ConnectionSettings
  /// A folder for scripts and logs.
  let folder: String
  /// The server's process, below which PostgreSQL runs.
  let server: Int32

  /// Runs a script for so long.
  func measure(
    _ script: ReferenceScript, clients: Clients, seconds: Double, behind: Int64
  ) async throws -> Figures {
    try await measure(
      texts: [script.text], variables: script.variables + ["behind=\(behind)", "made_cards=0"],
      clients: clients, seconds: seconds)
  }

  /// Runs the texts of scripts, drawn at random, with their variables, `name=value`, for so long.
  func measure(
    texts: [String], variables: [String], clients: Clients, seconds: Double
  ) async throws -> Figures {
    let log = folder + "/latencies"
    var files: [String] = []
    for (place, text) in texts.enumerated() {
      let file = "\(folder)/script\(place).sql"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      files += ["-f", file]
    }
    let variables = variables + ["clients=\(clients.count)"]
    // pgbench counts whole seconds.
    let words =
      [
        program, "-n", "-M", "prepared", "-c", "\(clients.count)", "-j", "\(clients.threads)",
        "-T", "\(max(1, Int(seconds.rounded())))", "-l", "--log-prefix=\(log)",
      ] + files + variables.flatMap { ["-D", $0] } + [connection]
    let before = ProcessorTime.spent(by: server)
    let child = try await ChildProcess.launch(ChildCommand(words))
    let status = await child.exit
    let spent = ProcessorTime.spent(by: server) - before
    let latencies = try takeLatencies()
    guard status == .exited(0), let rate = Self.rate(in: child.output) else {
      throw BenchmarkError("pgbench ended with \(status):\n\(child.output.suffix(2000))")
    }
    var figures = Figures(
      count: latencies.count, seconds: Double(latencies.count) / rate, latencies: latencies,
      processor: spent)
    figures.serverMicroseconds = 0
    return figures
  }

  /// The same session settings as the server's connections have; pgbench takes them in the name of the
  /// database.
  private var connection: String {
    let options = settings.sessionParameters.sorted { $0.key < $1.key }.map { name, value in
      "-c \(name)=" + value.replacingOccurrences(of: " ", with: "\\\\ ")
    }
    let timeout = settings.statementTimeout.map {
      ["-c statement_timeout=\($0.components.seconds)s"]
    }
    let words = ["host", "port", "user", "dbname"].compactMap { key in
      settings[key].map { "\(key)='\($0)'" }
    }
    return (words + ["options='\((options + (timeout ?? [])).joined(separator: " "))'"])
      .joined(separator: " ")
  }

  private static func rate(in output: String) -> Double? {
    let line = output.split(separator: "\n").first { $0.hasPrefix("tps = ") }
    return line?.split(separator: " ").dropFirst(2).first.flatMap { Double($0) }
  }

  /// Reads pgbench's logs, one a thread, and removes them; the third column has the microseconds.
  private func takeLatencies() throws -> Latencies {
    var latencies = Latencies()
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: folder) where name.hasPrefix("latencies.") {
      let path = "\(folder)/\(name)"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try files.removeItem(atPath: path)
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let columns = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard columns.count > 2 else { continue }
        let microseconds = columns[2].reduce(Int64(0)) { $0 * 10 + Int64($1) - 48 }
        latencies.add(microseconds * 1000)
      }
    }
    return latencies
  }
}
