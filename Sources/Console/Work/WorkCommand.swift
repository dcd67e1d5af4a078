public import Foundation
internal import Glibc

/// `voronka work`: the board of a pipeline and one's day on the whole screen, worked on by single keys.
public struct WorkCommand: ConsoleCommand {
  let pipeline: String?
  let keys: KeySource
  let calendar: Calendar?
  let now: @Sendable () -> Date
  let backoff: Backoff
  let pause: @Sendable (Duration) async throws -> Void

  /// How long a reply is waited for before the connection counts as lost, unless the person says otherwise.
  private static let patience = Duration.seconds(30)

  /// The board of a pipeline by id or name; without one, of the only deal pipeline there is, or of the one
  /// that is chosen.
  ///
  /// Moments are typed and shown by the calendar and its time zone, without one by the company's. Attempts to
  /// connect again, and looks at what time alone changes, come after pauses.
  public init(
    pipeline: String?, keys: KeySource = .terminal, calendar: Calendar? = nil,
    now: @escaping @Sendable () -> Date = { Date() }, backoff: Backoff = Backoff(),
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.pipeline = pipeline
    self.keys = keys
    self.calendar = calendar
    self.now = now
    self.backoff = backoff
    self.pause = pause
  }

  /// Works until `q` is pressed, the keys end, or a signal comes; gives the terminal back whatever happens.
  public func run(in context: ConsoleContext) async throws {
    guard context.terminal.hasInput, context.terminal.hasOutput else {
      throw ConsoleFailure.usage("work needs a terminal; voronka board prints the board.")
    }
    var context = context
    context.options.timeout = context.options.timeout ?? Self.patience
    let session = try await Session.open(context)
    let workplace = Workplace(self, session: session, context: context)
    do {
      try await workplace.run()
    } catch {
      await workplace.line.close()
      guard let end = error as? WorkEnd else { throw error }
      return try Self.end(end)
    }
    await workplace.line.close()
  }

  private static func end(_ end: WorkEnd) throws {
    switch end {
    case .left(isStepOpen: false): return
    case .left(isStepOpen: true):
      throw ConsoleFailure.incomplete(
        "The connection was gone: whether your last step was done is not known. Look before you repeat it."
      )
    case .signal(SIGHUP): throw ConsoleFailure.ended(.hungUp)
    case .signal(SIGQUIT): throw ConsoleFailure.ended(.quit)
    case .signal(SIGTERM): throw ConsoleFailure.ended(.terminated)
    case .signal: throw ConsoleFailure.ended(.interrupted)
    }
  }
}
