internal import Glibc
internal import Synchronization

/// Writes to a file descriptor, unbuffered, and remembers the first failure.
final class DescriptorWriter: Sendable {
  private let descriptor: Int32
  private let firstFailure = Mutex<OutputError?>(nil)
  private let hasNoReader = Atomic(false)

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  var failure: OutputError? { firstFailure.withLock { $0 } }

  /// Whether the reader has gone away.
  var isDeserted: Bool { hasNoReader.load(ordering: .relaxed) }

  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return failed() }
      rest = rest.dropFirst(count)
    }
  }

  private func failed() {
    // A reader that went away (`| head`) is no error worth words.
    guard errno != EPIPE else { return hasNoReader.store(true, ordering: .relaxed) }
    let error = OutputError(reason: SystemError.last)
    firstFailure.withLock { $0 = $0 ?? error }
  }
}
