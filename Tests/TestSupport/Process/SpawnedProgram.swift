internal import CLibPQ
internal import Foundation
internal import Glibc
internal import Synchronization

/// A program in a process of its own, which ends with this one, in whatever way this one ends.
///
/// Not `Foundation.Process`: children that are started at the same time would inherit each other's
/// descriptors there, and an end would show only when all of them have ended.
public final class SpawnedProgram: Sendable {
  /// How a process ended.
  public enum Ending: Sendable, Equatable {
    /// By itself, with this status.
    case exited(Int32)
    /// By this signal.
    case signalled(Int32)

    init(waitStatus: Int32) {
      let signal = waitStatus & 0x7f
      self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
    }
  }

  private enum Life {
    case running([CheckedContinuation<Ending, Never>])
    case ended(Ending)
  }

  /// Its process id; may belong to another process once it has ended.
  public let identifier: Int32
  /// What it writes to standard output.
  public let output: Transcript
  /// What it writes to standard error.
  public let errors: Transcript
  private let life = Mutex(Life.running([]))

  private init(identifier: pid_t, output: Transcript, errors: Transcript) {
    self.identifier = identifier
    self.output = output
    self.errors = errors
  }

  /// Starts a program by its path.
  public static func start(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String = "/"
  ) async throws -> SpawnedProgram {
    // The kernel sends the death signal when the thread that started it ends: this one waits for it.
    let words = ["/usr/bin/setpriv", "--pdeathsig=KILL", "--", path] + arguments
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        do {
          let (output, errors) = (try OutputPipe(), try OutputPipe())
          let identifier = try spawn(
            words, environment: environment, folder: folder, output: output, errors: errors)
          let program = SpawnedProgram(
            identifier: identifier, output: output.transcript(), errors: errors.transcript())
          continuation.resume(returning: program)
          program.waitUntilEnded()
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// How it ends, as soon as it has.
  public var ending: Ending {
    get async {
      await withCheckedContinuation { continuation in
        let known: Ending? = life.withLock { life in
          switch life {
          case .ended(let ending): return ending
          case .running(let waiting):
            life = .running(waiting + [continuation])
            return nil
          }
        }
        if let known { continuation.resume(returning: known) }
      }
    }
  }

  /// Sends a signal, unless it has ended: the lock keeps its id from being used anew.
  public func signal(_ number: Int32) {
    life.withLock { if case .running = $0 { _ = kill(identifier, number) } }
  }

  private func waitUntilEnded() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    let (ending, waiting) = life.withLock {
      life -> (Ending, [CheckedContinuation<Ending, Never>]) in
      var status: Int32 = 0
      while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
      let ending = Ending(waitStatus: status)
      defer { life = .ended(ending) }
      if case .running(let waiting) = life { return (ending, waiting) }
      return (ending, [])
    }
    for continuation in waiting { continuation.resume(returning: ending) }
  }

  /// Has a child keep no descriptor from a number on.
  static func closeAll(from number: Int32, in actions: inout posix_spawn_file_actions_t) {
    posix_spawn_file_actions_addclosefrom_np(&actions, number)
  }

  private static func spawn(
    _ words: [String], environment: [String: String], folder: String, output: OutputPipe,
    errors: OutputPipe
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.written, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.written, 2)
    posix_spawn_file_actions_addchdir_np(&actions, folder)
    closeAll(from: 3, in: &actions)
    let usual = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]
    let variables = usual.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
    let (arguments, settings) = (words.map { strdup($0) }, variables.map { strdup($0) })
    defer { for copy in arguments + settings { free(copy) } }
    var identifier: pid_t = 0
    let failure = posix_spawn(
      &identifier, words[0], &actions, nil, arguments + [nil], settings + [nil])
    close(output.written)
    close(errors.written)
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
    return identifier
  }
}

/// A pipe that no other child of this process inherits.
private struct OutputPipe {
  let read: Int32
  let written: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw POSIXError(.EMFILE) }
    read = ends[0]
    written = ends[1]
  }

  func transcript() -> Transcript {
    let transcript = Transcript()
    transcript.read(read)
    return transcript
  }
}
