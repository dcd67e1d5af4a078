internal import Foundation
internal import Glibc
internal import Synchronization

/// How far a long work has come, on standard error: a line a step, and on a terminal what has been done
/// of it.
final class Progress: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let isDrawn = Mutex(false)

  /// A step begins.
  func step(_ text: String) {
    clear()
    write(text + "\n")
  }

  /// Something of it is done.
  func show(_ text: String) {
    guard isTerminal else { return }
    isDrawn.withLock { $0 = true }
    write("\r\u{1B}[K  \(text)")
  }

  /// Shows a file's growth while the work runs.
  func following<Value>(
    _ path: String, _ work: () async throws -> sending Value
  ) async throws -> sending Value {
    let watch = Task.detached { [self] in
      while true {
        try await Task.sleep(for: .milliseconds(500))
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
        if let size { show(Self.size(size)) }
      }
    }
    defer {
      watch.cancel()
      clear()
    }
    return try await work()
  }

  /// Bytes for people.
  static func size(_ bytes: Int64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (Double(bytes), 0)
    while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
  }

  private func clear() {
    let wasDrawn = isDrawn.withLock { drawn in
      defer { drawn = false }
      return drawn
    }
    if wasDrawn { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
