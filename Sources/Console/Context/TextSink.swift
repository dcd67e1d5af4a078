internal import Glibc

/// Where text goes: a file descriptor, or wherever a test wants it.
public struct TextSink: Sendable {
  private let put: @Sendable (String) -> Void

  /// Hands each piece of text to a closure.
  public init(_ put: @escaping @Sendable (String) -> Void) {
    self.put = put
  }

  /// Standard output, unbuffered: every piece is written at once and whole.
  public static let standardOutput = TextSink { write($0, to: STDOUT_FILENO) }
  /// Standard error.
  public static let standardError = TextSink { write($0, to: STDERR_FILENO) }

  func write(_ text: String) {
    put(text)
  }

  /// Writes a text and the end of its line.
  public func line(_ text: String) {
    put(text + "\n")
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A reader that went away (`| head`) is no error worth words.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
