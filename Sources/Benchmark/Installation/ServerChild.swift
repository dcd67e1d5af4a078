internal import Foundation
internal import Glibc
internal import LocalPostgres

/// The server that is measured: `voronkad serve` as a child process, which ends with this one.
struct ServerChild {
  /// Its process.
  let process: Int32
  /// The port on which it answers, on the loopback address.
  let port: UInt16
  private let child: ChildProcess

  /// Starts it on a port that the system chooses, and waits until it answers.
  static func start(program: String, folder: String) async throws -> ServerChild {
    let log = folder + "/server.log"
    try? FileManager.default.removeItem(atPath: log)
    let child = try await ChildProcess.launch(
      ChildCommand(
        [
          "/usr/bin/setpriv", "--pdeathsig=TERM", "--", program, "serve", "--data", folder,
          "--listen", "127.0.0.1:0", "--log-level", "warning", "--password-cost", "4",
        ], logFile: log, variables: passedOn))
    while true {
      let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      if let port = port(in: said) {
        return ServerChild(process: child.identifier, port: port, child: child)
      }
      guard !child.hasEnded else {
        throw BenchmarkError("the server ended at once (\(await child.exit)): \(said.suffix(2000))")
      }
      // A child says nothing but through its log, and how long its start takes is its own matter.
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Which PostgreSQL is to be used, if somebody has said so.
  private static var passedOn: [String] {
    let environment = ProcessInfo.processInfo.environment
    return ["VORONKA_POSTGRES_BIN", "VORONKA_POSTGRES_USER"].compactMap { name in
      environment[name].map { "\(name)=\($0)" }
    }
  }

  /// Stops it in good order.
  func stop() async {
    child.signal(SIGTERM)
    _ = await child.exit
  }

  /// From the line that it prints when it is ready.
  private static func port(in said: String) -> UInt16? {
    guard let line = said.split(separator: "\n").first(where: { $0.contains("is ready on ") }),
      let colon = line.lastIndex(of: ":")
    else { return nil }
    return UInt16(line[line.index(after: colon)...])
  }
}
