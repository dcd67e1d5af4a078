import Foundation
import Synchronization

/// `voronkad` as an operator runs it: a real process with arguments, signals and a status.
final class OperatorProgram: Sendable {
  /// What it printed and how it ended.
  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  private struct State {
    var output = Data()
    var errors = Data()
    var open = 2
    var status: Int32?
  }

  private let process = Process()
  private let state = Mutex(State())
  /// Yields whenever something was printed or something ended.
  private let changes: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  /// Starts it.
  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    (changes, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = folder.appendingPathComponent("voronkad")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    keep(output, \.output)
    keep(errors, \.errors)
    process.terminationHandler = { [weak self] process in
      self?.change { $0.status = process.terminationStatus }
    }
    try process.run()
  }

  /// Its number among the processes.
  var identifier: pid_t { process.processIdentifier }

  /// The port in the line that says it is ready; nil where it ended before.
  func port() async -> Int? {
    while true {
      let (line, hasEnded) = state.withLock {
        (String(decoding: $0.output, as: UTF8.self), $0.status != nil && $0.open == 0)
      }
      if line.hasSuffix("\n"), let colon = line.lastIndex(of: ":") {
        return Int(line[line.index(after: colon)...].trimmingCharacters(in: .newlines))
      }
      guard !hasEnded else { return nil }
      for await _ in changes { break }
    }
  }

  /// Signals it.
  func send(_ number: Int32) {
    kill(identifier, number)
  }

  /// Waits for its end.
  func outcome() async -> Outcome {
    while true {
      let outcome = state.withLock { state -> Outcome? in
        guard let status = state.status, state.open == 0 else { return nil }
        return Outcome(
          status: status, output: String(decoding: state.output, as: UTF8.self),
          errors: String(decoding: state.errors, as: UTF8.self))
      }
      if let outcome { return outcome }
      for await _ in changes { break }
    }
  }

  private func keep(_ pipe: Pipe, _ path: any WritableKeyPath<State, Data> & Sendable) {
    pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil }
      self?.change { state in
        if data.isEmpty { state.open -= 1 } else { state[keyPath: path].append(data) }
      }
    }
  }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { body(&$0) }
    signal.yield()
  }
}
