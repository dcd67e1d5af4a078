public import Features
public import SalesRules
internal import Synchronization

/// A clock that stands until it is moved. It begins at 2026-06-01T09:00:00Z.
public final class TestClock: Sendable {
  private let microseconds = Atomic<Int64>(1_780_304_400_000_000)

  /// A clock at its beginning.
  public init() {}

  /// What it shows.
  public var now: Timestamp {
    Timestamp(microsecondsSince1970: microseconds.load(ordering: .relaxed)) ?? .latest
  }

  /// The clock as the methods read it.
  public var wallClock: WallClock { WallClock { self.now } }

  /// Moves it on.
  public func advance(seconds: Int64) {
    microseconds.add(seconds * 1_000_000, ordering: .relaxed)
  }
}
