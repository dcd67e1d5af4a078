internal import Foundation
internal import Glibc
internal import Synchronization

/// The process's own terminal, key by key and without echo, until it is given back.
///
/// It is given back on every way out: at the end of the work, for as long as the process is suspended, and
/// where a second signal asks it to end.
final class RawTerminal: Sendable {
  private let before: termios
  private let tell: @Sendable (WorkSignal) -> Void
  private let isAskedToEnd = Atomic(false)
  private let signals = Mutex<SignalPipe?>(nil)

  /// Takes the terminal, and tells of keys and signals from now on.
  init(_ tell: @escaping @Sendable (WorkSignal) -> Void) throws {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else {
      throw ConsoleFailure.usage("There is no terminal to work on.")
    }
    self.before = before
    self.tell = tell
    // Before the terminal is changed: whoever ends the process from now on has it given back first.
    let pipe = try SignalPipe.open(
      [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]
    ) { [self] in self.take($0) }
    signals.withLock { $0 = pipe }
    makeRaw()
    Thread.detachNewThread { Self.read(tell) }
  }

  /// As it was.
  func close() {
    giveBack()
    signals.withLock { pipe in
      pipe?.close()
      pipe = nil
    }
  }

  /// Gives it back, stops the process until it is continued, and takes it again.
  ///
  /// A process that nobody could continue is not stopped by the kernel.
  func suspend() {
    giveBack()
    var (signal, before) = (sigset_t(), sigset_t())
    sigemptyset(&signal)
    sigaddset(&signal, SIGTSTP)
    // To this thread and at once: after the call it has been stopped and continued.
    pthread_sigmask(SIG_UNBLOCK, &signal, &before)
    Glibc.signal(SIGTSTP, SIG_DFL)
    pthread_kill(pthread_self(), SIGTSTP)
    SignalPipe.handle(SIGTSTP)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    makeRaw()
  }

  /// Key by key.
  func makeRaw() {
    var raw = before
    cfmakeraw(&raw)
    // What is written is still processed: a line feed begins a new line.
    raw.c_oflag = before.c_oflag
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
  }

  private func giveBack() {
    var before = before
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
  }

  private func take(_ signal: Int32) {
    switch signal {
    case SIGWINCH: tell(.resized)
    case SIGTSTP: tell(.suspended)
    case SIGCONT: tell(.continued)
    default:
      guard isAskedToEnd.exchange(true, ordering: .relaxed) else { return tell(.endedBy(signal)) }
      // It was asked before and is still here.
      TextSink.standardOutput.write(Screen.closing)
      giveBack()
      _exit(128 + signal)
    }
  }

  /// Blocks its thread until the input ends.
  private static func read(_ tell: @Sendable (WorkSignal) -> Void) {
    var decoder = KeyDecoder()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return tell(.noMoreKeys) }
      for key in decoder.keys(in: buffer[..<count]) {
        // As the terminal would by itself: whatever was started together stops together.
        if key == .suspend { kill(0, SIGTSTP) } else { tell(.key(key)) }
      }
    }
  }
}
