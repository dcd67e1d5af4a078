public import Foundation

/// `voronka work`: the board of a pipeline on the whole screen, worked on by single keys.
public struct WorkCommand: ConsoleCommand {
  let pipeline: String?
  let keys: KeySource
  let calendar: Calendar
  let now: @Sendable () -> Date

  /// The board of a pipeline by id or name; without one, of the only deal pipeline there is.
  ///
  /// Moments that are typed are read by the calendar and its time zone.
  public init(
    pipeline: String?, keys: KeySource = .terminal, calendar: Calendar = .current,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.pipeline = pipeline
    self.keys = keys
    self.calendar = calendar
    self.now = now
  }

  /// Works until `q` is pressed, or the keys end.
  public func run(in context: ConsoleContext) async throws {
    guard context.terminal.hasInput, context.terminal.hasOutput else {
      throw ConsoleFailure.usage("work needs a terminal; voronka board prints the board.")
    }
    let session = try await Session.open(context)
    do {
      let workplace = try await Workplace(self, session: session, context: context)
      try await workplace.run()
    } catch {
      await session.close()
      throw error
    }
    await session.close()
  }
}
