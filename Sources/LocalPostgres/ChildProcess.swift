internal import Foundation
internal import Glibc
internal import Synchronization

/// A running child process with a thread of its own that started it and waits for it.
///
/// The thread matters: the kernel sends the parent-death signal when the *thread* that started the
/// child ends, so it must not be one of a pool. This one lives exactly as long as the child.
package final class ChildProcess: Sendable {
  private enum State {
    case running(waiting: [CheckedContinuation<ExitStatus, Never>])
    case ended(ExitStatus)
  }

  /// The process id; may belong to somebody else once the child has ended.
  package let identifier: Int32
  private let state = Mutex(State.running(waiting: []))
  private let collected = Mutex("")

  private init(identifier: pid_t) {
    self.identifier = identifier
  }

  /// What the child wrote to standard output and error, complete once it has ended; empty where a
  /// log file took it.
  package var output: String { collected.withLock { $0 } }

  /// Starts a program and returns as soon as it runs.
  package static func launch(_ command: ChildCommand) async throws -> ChildProcess {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        do {
          let spawned = try spawn(command)
          let child = ChildProcess(identifier: spawned.identifier)
          continuation.resume(returning: child)
          child.collect(spawned.output)
          child.waitUntilEnded()
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// How the child ended, as soon as it has; unaffected by cancellation.
  package var exit: ExitStatus {
    get async {
      await withCheckedContinuation { continuation in
        let ended: ExitStatus? = state.withLock { state in
          switch state {
          case .ended(let status):
            return status
          case .running(let waiting):
            state = .running(waiting: waiting + [continuation])
            return nil
          }
        }
        if let ended { continuation.resume(returning: ended) }
      }
    }
  }

  /// Whether the child has ended and was reaped.
  package var hasEnded: Bool {
    state.withLock { if case .ended = $0 { true } else { false } }
  }

  /// Sends a signal, unless the child has ended: the lock keeps its id from being used anew.
  package func signal(_ number: Int32) {
    state.withLock { state in
      guard case .running = state else { return }
      kill(identifier, number)
    }
  }

  private func collect(_ descriptor: Int32?) {
    guard let descriptor else { return }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    let text = String(decoding: bytes, as: UTF8.self)
    collected.withLock { $0 = text }
  }

  private func waitUntilEnded() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    let (status, before) = state.withLock { state -> (ExitStatus, State) in
      var waitStatus: Int32 = 0
      while waitpid(identifier, &waitStatus, 0) < 0, errno == EINTR {}
      let status = ExitStatus(waitStatus: waitStatus)
      let before = state
      state = .ended(status)
      return (status, before)
    }
    guard case .running(let waiting) = before else { return }
    for continuation in waiting { continuation.resume(returning: status) }
  }
}
