import Foundation
import TestSupport

/// `voronkad` as an operator runs it: a real process with arguments, signals and a status.
struct OperatorProgram {
  /// What it printed and how it ended.
  struct Outcome {
    /// Its status; nil where a signal ended it.
    let status: Int32?
    let output: String
    let errors: String
  }

  private let program: SpawnedProgram

  private init(_ program: SpawnedProgram) {
    self.program = program
  }

  /// Starts it.
  static func start(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> OperatorProgram {
    OperatorProgram(
      try await SpawnedProgram.start(
        RunningServer.program("voronkad").path, arguments,
        environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }))
  }

  /// Its number among the processes.
  var identifier: pid_t { program.identifier }

  /// The port in the line that says it is ready; nil where it ended before.
  func port() async throws -> Int? {
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
  func outcome() async throws -> Outcome {
    let ending = await program.ending
    var status: Int32?
    if case .exited(let code) = ending { status = code }
    return Outcome(
      status: status, output: await program.output.whole, errors: await program.errors.whole)
  }
}
