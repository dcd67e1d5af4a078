internal import Glibc

/// Where keys come from, and how large the screen is that they are pressed before.
public struct KeySource: Sendable {
  /// A source that has been opened.
  struct Opened {
    /// Gives the terminal back.
    let close: @Sendable () -> Void
    /// Gives the terminal back until the process is continued.
    let suspend: @Sendable () -> Void
    /// Takes the terminal again, which others may have changed.
    let resume: @Sendable () -> Void
  }

  /// Tells of keys and of what else comes from the terminal until it is closed.
  let open: @Sendable (_ tell: @escaping @Sendable (WorkSignal) -> Void) throws -> Opened
  /// Columns and lines, at this moment.
  let size: @Sendable () -> (columns: Int, lines: Int)

  /// Keys that were prepared, before a screen of a fixed size.
  public init(_ keys: AsyncStream<Key>, columns: Int, lines: Int) {
    let signals = keys.map { WorkSignal.key($0) }
    self.init(signals, size: { (columns, lines) })
  }

  /// What was prepared, before a screen of some size.
  init<Signals: AsyncSequence<WorkSignal, Never> & Sendable>(
    _ signals: Signals, size: @escaping @Sendable () -> (columns: Int, lines: Int)
  ) {
    open = { tell in
      let telling = Task {
        for await signal in signals { tell(signal) }
        tell(.noMoreKeys)
      }
      return Opened(close: { telling.cancel() }, suspend: {}, resume: {})
    }
    self.size = size
  }

  private init(
    open: @escaping @Sendable (_ tell: @escaping @Sendable (WorkSignal) -> Void) throws -> Opened,
    size: @escaping @Sendable () -> (columns: Int, lines: Int)
  ) {
    self.open = open
    self.size = size
  }

  /// The process's own terminal, key by key and without echo until it is closed.
  public static let terminal = KeySource(
    open: { tell in
      let terminal = try RawTerminal(tell)
      return Opened(
        close: { terminal.close() }, suspend: { terminal.suspend() },
        resume: { terminal.makeRaw() })
    },
    size: {
      var size = winsize()
      guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
      else { return (80, 24) }
      return (Int(size.ws_col), Int(size.ws_row))
    })
}
