internal import HeapModule

/// What is to happen at given instants. Does not tell the time itself.
struct TimerQueue {
  /// Whoever scheduled an action may call it off.
  final class Entry: Comparable {
    let instant: ContinuousClock.Instant
    fileprivate var action: (() -> Void)?

    fileprivate init(instant: ContinuousClock.Instant, action: @escaping () -> Void) {
      self.instant = instant
      self.action = action
    }

    func cancel() {
      action = nil
    }

    static func < (one: Entry, other: Entry) -> Bool {
      one.instant < other.instant
    }

    static func == (one: Entry, other: Entry) -> Bool {
      one === other
    }
  }

  private var entries = Heap<Entry>()

  /// The instant to wake up at.
  var next: ContinuousClock.Instant? {
    mutating get {
      while let first = entries.min, first.action == nil { entries.removeMin() }
      return entries.min?.instant
    }
  }

  mutating func schedule(
    at instant: ContinuousClock.Instant, _ action: @escaping () -> Void
  ) -> Entry {
    let entry = Entry(instant: instant, action: action)
    entries.insert(entry)
    return entry
  }

  /// Takes out the next action that is due.
  mutating func popDue(at now: ContinuousClock.Instant) -> (() -> Void)? {
    while let first = entries.min, first.instant <= now {
      entries.removeMin()
      if let action = first.action { return action }
    }
    return nil
  }
}
