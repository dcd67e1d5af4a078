internal import Foundation
internal import Glibc

/// Where keys come from, and how large the screen is that they are pressed before.
public struct KeySource: Sendable {
  /// Hands over keys until nobody wants any more; closes what it changed when told to.
  let open: @Sendable () throws -> (keys: AsyncStream<Key>, close: @Sendable () -> Void)
  /// Columns and lines, at this moment.
  let size: @Sendable () -> (columns: Int, lines: Int)

  /// Keys that were prepared, before a screen of a fixed size.
  public init(_ keys: AsyncStream<Key>, columns: Int, lines: Int) {
    open = { (keys, {}) }
    size = { (columns, lines) }
  }

  private init(
    open: @escaping @Sendable () throws -> (keys: AsyncStream<Key>, close: @Sendable () -> Void),
    size: @escaping @Sendable () -> (columns: Int, lines: Int)
  ) {
    self.open = open
    self.size = size
  }

  /// The process's own terminal, key by key and without echo until it is closed.
  public static let terminal = KeySource(
    open: {
      var before = termios()
      guard tcgetattr(STDIN_FILENO, &before) == 0 else {
        throw ConsoleFailure.usage("There is no terminal to work on.")
      }
      var raw = before
      cfmakeraw(&raw)
      // What is written is still processed: a line feed begins a new line.
      raw.c_oflag = before.c_oflag
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
      let (keys, continuation) = AsyncStream.makeStream(of: Key.self)
      Thread.detachNewThread { read(into: continuation) }
      let saved = before
      return (
        keys,
        {
          var saved = saved
          tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
        }
      )
    },
    size: {
      var size = winsize()
      guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
      else { return (80, 24) }
      return (Int(size.ws_col), Int(size.ws_row))
    })

  /// Blocks its thread until the input ends.
  private static func read(into continuation: AsyncStream<Key>.Continuation) {
    var decoder = KeyDecoder()
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return continuation.finish() }
      for key in decoder.keys(in: buffer[..<count]) { continuation.yield(key) }
    }
  }
}
