internal import SalesRules
internal import Synchronization

/// The subscriptions of this server, by company: for each company that has any, one task numbers its
/// events and wakes those who wait for them.
///
/// What is written here wakes it at once; what other servers write it finds by looking now and then.
final class EventFeed: Sendable {
  private struct Watched {
    var subscriptions: [ObjectIdentifier: EventSubscription] = [:]
    let signal: EventSignal
    let task: Task<Void, Never>
  }

  /// How soon it looks again where a transaction of somebody else holds events back; twice as long each
  /// time, up to a quarter of a second.
  private static let shortestPause = Duration.milliseconds(10)
  private static let longestPause = Duration.milliseconds(250)

  let interval: Duration
  private let sequencer: EventSequencer
  private let clock: WallClock
  private let watched = Mutex<[Int64: Watched]>([:])

  /// - Parameter interval: how often it looks for what other servers have written.
  init(_ sequencer: EventSequencer, clock: WallClock, interval: Duration) {
    self.sequencer = sequencer
    self.clock = clock
    self.interval = interval
  }

  /// Something of the company has been committed.
  func wake(_ tenant: Int64) {
    watched.withLock { $0[tenant]?.signal.raise() }
  }

  /// How many subscriptions there are.
  var count: Int { watched.withLock { $0.values.reduce(0) { $0 + $1.subscriptions.count } } }

  /// From now on the subscription is woken.
  func attach(_ subscription: EventSubscription) {
    let tenant = subscription.tenant
    watched.withLock { watched in
      if watched[tenant] == nil {
        let signal = EventSignal()
        let task = Task { await self.follow(tenant, signal) }
        watched[tenant] = Watched(signal: signal, task: task)
      }
      watched[tenant]?.subscriptions[ObjectIdentifier(subscription)] = subscription
    }
  }

  /// From now on it is not.
  func detach(_ subscription: EventSubscription) {
    let tenant = subscription.tenant
    watched.withLock { watched in
      guard
        watched[tenant]?.subscriptions.removeValue(forKey: ObjectIdentifier(subscription)) != nil,
        watched[tenant]?.subscriptions.isEmpty == true
      else { return }
      watched.removeValue(forKey: tenant)?.task.cancel()
    }
  }

  private func follow(_ tenant: Int64, _ signal: EventSignal) async {
    var known: EventSequencer.Look?
    var pause = Self.shortestPause
    while !Task.isCancelled {
      // Where the database can't be asked just now, the next look will tell.
      let look = try? await sequencer.advance(tenant)
      let hasMoved =
        look.map { $0.number != known?.number || $0.version != known?.version } ?? false
      if let look { known = look }
      rouse(tenant, all: hasMoved)
      guard look?.isPending == true else {
        pause = Self.shortestPause
        await signal.wait(atMost: interval)
        continue
      }
      await signal.wait(atMost: min(pause, interval))
      pause = min(pause * 2, Self.longestPause)
    }
  }

  /// Wakes those who have something to look at: all, or those whose session is over.
  private func rouse(_ tenant: Int64, all: Bool) {
    let now = clock.now
    let subscriptions = watched.withLock { Array(($0[tenant]?.subscriptions ?? [:]).values) }
    for subscription in subscriptions where all || subscription.mayBeOver(at: now) {
      subscription.signal.raise()
    }
  }
}
