import Foundation
import TestSupport

/// `voronkad` as an operator runs it: a real process with arguments, signals and a status.
final class OperatorProgram: Sendable {
  /// What it printed and how it ended.
  struct Outcome: Sendable {
    /// Its exit status; nil where a signal ended it.
    let status: Int32?
    let output: String
    let errors: String
  }

  private let program: SpawnedProgram

  /// Starts it.
  init(_ arguments: [String], environment: [String: String] = [:]) async throws {
    program = try await SpawnedProgram.start(
      RunningServer.program("voronkad").path, arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 })
  }

  /// Its number among the processes.
  var identifier: pid_t { program.identifier }

  /// The port in the line that says it is ready; nil where it ended before.
  func port() async -> Int? {
    guard let line = await program.output.line(with: " is ready on "),
      let colon = line.lastIndex(of: ":")
    else { return nil }
    return Int(line[line.index(after: colon)...])
  }

  /// Signals it.
  func send(_ number: Int32) {
    program.signal(number)
  }

  /// Waits for its end.
  func outcome() async -> Outcome {
    var status: Int32?
    if case .exited(let number) = await program.ending { status = number }
    return Outcome(
      status: status, output: await program.output.whole, errors: await program.errors.whole)
  }
}
