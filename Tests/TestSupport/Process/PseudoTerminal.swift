internal import Foundation
internal import Glibc
internal import Synchronization

/// A terminal without a screen: a program runs before it, keys are typed into it, and what it shows is kept.
public final class PseudoTerminal: Sendable {
  private struct Wait {
    let phrase: String
    let start: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var bytes: [UInt8] = []
    var waiting: [Wait] = []
    var ending: SpawnedProgram.Ending?
    var untilEnd: [CheckedContinuation<SpawnedProgram.Ending, Never>] = []
  }

  private let keyboard: Int32
  private let line: Int32
  private let path: String
  private let state = Mutex(State())

  /// A terminal of a size.
  public init(columns: UInt16 = 80, lines: UInt16 = 24) throws {
    // As posix_openpt, unlockpt and ptsname do, which Swift does not see.
    let (unlocking, numbering): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number): (Int32, Int32) = (0, 0)
    guard keyboard >= 0, ioctl(keyboard, unlocking, &isLocked) == 0,
      ioctl(keyboard, numbering, &number) == 0
    else { throw POSIXError(.ENOTTY) }
    path = "/dev/pts/\(number)"
    line = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard line >= 0 else { throw POSIXError(.ENOTTY) }
    resize(columns: columns, lines: lines)
    read()
  }

  deinit { close(line) }

  // MARK: - The program

  /// Starts a program as the leader of the terminal's session; gives its process.
  public func start(
    _ program: String, _ arguments: [String], environment: [String: String]
  ) async throws -> Int32 {
    let words = ["/usr/bin/setpriv", "--pdeathsig=KILL", "--", program] + arguments
    return try await withCheckedThrowingContinuation { continuation in
      // The kernel sends the death signal when the thread that started it ends: this one waits for it.
      Thread.detachNewThread { [self] in
        do {
          let process = try spawn(words, environment)
          continuation.resume(returning: process)
          waitUntilEnded(process)
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  private func spawn(_ words: [String], _ environment: [String: String]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a new session opens is its own.
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    SpawnedProgram.closeAll(from: 3, in: &actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let startsSession: Int16 = 0x80
    posix_spawnattr_setflags(&attributes, startsSession)
    let usual = ["PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm"]
    let variables = usual.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
    let (arguments, settings) = (words.map { strdup($0) }, variables.map { strdup($0) })
    defer { for copy in arguments + settings { free(copy) } }
    var process: pid_t = 0
    let failure = posix_spawn(
      &process, words[0], &actions, &attributes, arguments + [nil], settings + [nil])
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
    return process
  }

  private func waitUntilEnded(_ process: pid_t) {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    let ending: SpawnedProgram.Ending =
      signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
    let waiting = state.withLock { state in
      state.ending = ending
      defer { state.untilEnd = [] }
      return state.untilEnd
    }
    for continuation in waiting { continuation.resume(returning: ending) }
  }

  /// How the program ends, as soon as it has.
  public var ending: SpawnedProgram.Ending {
    get async {
      await withCheckedContinuation { continuation in
        let known = state.withLock { state in
          if state.ending == nil { state.untilEnd.append(continuation) }
          return state.ending
        }
        if let known { continuation.resume(returning: known) }
      }
    }
  }

  // MARK: - The terminal

  /// Its modes: whether lines are edited, echo, and the like.
  public var modes: [UInt8] {
    var modes = termios()
    tcgetattr(line, &modes)
    return withUnsafeBytes(of: &modes) { Array($0) }
  }

  /// Presses keys.
  public func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(keyboard, bytes, bytes.count)
  }

  /// Makes the window larger or smaller, as the person does.
  public func resize(columns: UInt16, lines: UInt16) {
    var size = winsize(ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
  }

  /// All that was shown so far, escapes included.
  public var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }

  /// How much was shown so far, to wait for what comes after.
  public var mark: Int { state.withLock { $0.bytes.count } }

  /// Waits until a phrase was shown after a mark.
  public func shows(_ phrase: String, after mark: Int = 0) async {
    await withCheckedContinuation { continuation in
      let isShown = state.withLock { state in
        if Self.find(phrase, in: state.bytes, from: mark) { return true }
        state.waiting.append(Wait(phrase: phrase, start: mark, continuation: continuation))
        return false
      }
      if isShown { continuation.resume() }
    }
  }

  private static func find(_ phrase: String, in bytes: [UInt8], from start: Int) -> Bool {
    let phrase = Array(phrase.utf8)
    guard bytes.count >= start + phrase.count else { return false }
    return bytes[start...].indices.dropLast(phrase.count - 1).contains {
      bytes[$0..<$0 + phrase.count].elementsEqual(phrase)
    }
  }

  private func read() {
    Thread.detachNewThread { [weak self, keyboard] in
      var chunk = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = Glibc.read(keyboard, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0, let self else { break }
        self.take(chunk[..<count])
      }
      close(keyboard)
    }
  }

  private func take(_ more: ArraySlice<UInt8>) {
    let found = state.withLock { state in
      state.bytes += more
      let found = state.waiting.filter { Self.find($0.phrase, in: state.bytes, from: $0.start) }
      state.waiting.removeAll { wait in
        Self.find(wait.phrase, in: state.bytes, from: wait.start)
      }
      return found
    }
    for wait in found { wait.continuation.resume() }
  }
}
