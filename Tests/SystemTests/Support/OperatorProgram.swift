import Foundation
import Synchronization

/// `voronkad` as an operator runs it: a real process with arguments, signals and a status.
///
/// It writes into files: the end of a pipe is not seen while another process, started at the same
/// moment, has inherited it.
final class OperatorProgram: Sendable {
  /// What it printed and how it ended.
  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  private let process = Process()
  private let folder = NSTemporaryDirectory() + "/voronkad-" + UUID().uuidString
  private let ended = Mutex<Int32?>(nil)

  /// Starts it.
  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let programs = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = programs.appendingPathComponent("voronkad")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = try file("output")
    let errors = try file("errors")
    process.standardOutput = output
    process.standardError = errors
    process.terminationHandler = { [weak self] process in
      self?.ended.withLock { $0 = process.terminationStatus }
    }
    try process.run()
    try output.close()
    try errors.close()
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Its number among the processes.
  var identifier: pid_t { process.processIdentifier }

  /// The port in the line that says it is ready; nil where it ended before.
  func port() async throws -> Int? {
    while true {
      let hasEnded = ended.withLock { $0 != nil }
      let line = try text("output")
      if line.hasSuffix("\n"), let colon = line.lastIndex(of: ":") {
        return Int(line[line.index(after: colon)...].trimmingCharacters(in: .newlines))
      }
      guard !hasEnded else { return nil }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Signals it.
  func send(_ number: Int32) {
    kill(identifier, number)
  }

  /// Waits for its end.
  func outcome() async throws -> Outcome {
    while true {
      if let status = ended.withLock({ $0 }) {
        return Outcome(status: status, output: try text("output"), errors: try text("errors"))
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  private func file(_ name: String) throws -> FileHandle {
    let path = folder + "/" + name
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}
