internal import Foundation
internal import Glibc
internal import Synchronization

/// Signals of the process as values, told on a thread of its own until it is closed.
///
/// A handler may do next to nothing: it writes the signal's number into a pipe, and the thread reads it.
final class SignalPipe: Sendable {
  /// Where the handlers write; there is one terminal, so there is one pipe.
  private static let written = Atomic<Int32>(-1)

  private let before: [(number: Int32, action: sigaction)]
  private let end: Int32

  private init(before: [(number: Int32, action: sigaction)], end: Int32) {
    self.before = before
    self.end = end
  }

  /// From now on signals of these numbers are told and do nothing else.
  static func open(
    _ numbers: [Int32], _ tell: @escaping @Sendable (Int32) -> Void
  ) throws -> SignalPipe {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw ConsoleFailure.usage("work needs a pipe: \(SystemError.last).")
    }
    let (read, write) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A handler must not wait.
    _ = fcntl(write, F_SETFL, O_NONBLOCK)
    written.store(write, ordering: .relaxed)
    Thread.detachNewThread {
      var number: UInt8 = 0
      while true {
        let count = Glibc.read(read, &number, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { break }
        tell(Int32(number))
      }
      Glibc.close(read)
    }
    return SignalPipe(before: numbers.map { ($0, handle($0)) }, end: write)
  }

  /// Has the process handle a signal again; gives what was done with it before.
  @discardableResult
  static func handle(_ number: Int32) -> sigaction {
    var (action, before) = (sigaction(), sigaction())
    action.__sigaction_handler.sa_handler = { number in
      let error = errno
      var byte = UInt8(truncatingIfNeeded: number)
      _ = Glibc.write(SignalPipe.written.load(ordering: .relaxed), &byte, 1)
      errno = error
    }
    action.sa_flags = SA_RESTART
    sigaction(number, &action, &before)
    return before
  }

  /// The signals do again what they did before.
  func close() {
    for (number, action) in before {
      var action = action
      sigaction(number, &action, nil)
    }
    Self.written.store(-1, ordering: .relaxed)
    Glibc.close(end)
  }
}
