internal import Glibc
public import SalesRules

/// Where the methods have the time from; tests set their own.
public struct WallClock: Sendable {
  private let read: @Sendable () -> Timestamp

  /// A clock that reads so.
  public init(_ read: @escaping @Sendable () -> Timestamp) {
    self.read = read
  }

  /// Now.
  public var now: Timestamp { read() }

  /// The machine's clock.
  public static let system = WallClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    return Timestamp(microsecondsSince1970: microseconds) ?? .latest
  }
}
