internal import Glibc

/// Where text goes: a file descriptor, or wherever a test wants it.
public struct TextSink: Sendable {
  private let put: @Sendable (String) -> Void
  private let failure: @Sendable () -> OutputError?
  private let desertion: @Sendable () -> Bool

  /// Hands each piece of text to a closure.
  public init(_ put: @escaping @Sendable (String) -> Void) {
    self.put = put
    failure = { nil }
    desertion = { false }
  }

  /// Writes each piece of text to an open file descriptor at once and whole.
  init(descriptor: Int32) {
    let writer = DescriptorWriter(descriptor)
    put = writer.write
    failure = { writer.failure }
    desertion = { writer.isDeserted }
  }

  /// Standard output, unbuffered: every piece is written at once and whole.
  public static let standardOutput = TextSink(descriptor: STDOUT_FILENO)
  /// Standard error.
  public static let standardError = TextSink(descriptor: STDERR_FILENO)

  func write(_ text: String) {
    put(text)
  }

  /// Writes a text and the end of its line.
  public func line(_ text: String) {
    put(text + "\n")
  }

  /// Whether the reader went away: what never ends by itself ends then.
  var isDeserted: Bool { desertion() }

  /// Throws what kept an earlier text from being written; a reader that went away is no error.
  public func check() throws(OutputError) {
    if let error = failure() { throw error }
  }
}
