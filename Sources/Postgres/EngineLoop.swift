internal import CLibPQ
internal import Glibc
internal import Synchronization

/// The engine's thread: waits for sockets, timers and work from outside, in turn.
///
/// `@unchecked Sendable`: everything but `perform` and its inbox is touched on the engine's own thread
/// only. The connections, pools and timers it drives are confined to that thread likewise.
final class EngineLoop: @unchecked Sendable {
  typealias Job = @Sendable () -> Void

  private struct Inbox {
    var jobs: [Job] = []
    /// The thread is about to wait, or waits: it needs a nudge.
    var isSleeping = false
    var isStopped = false
  }

  private static let wakeToken: UInt64 = 0

  private let inbox = Mutex(Inbox())
  private let wakeDescriptor: Int32
  private let poller: Poller
  private var timers = TimerQueue()
  private var connections: [UInt64: Connection] = [:]
  private var lastToken = EngineLoop.wakeToken
  private var resumptions: [Resumption] = []
  private var stopHandlers: [ObjectIdentifier: () -> Void] = [:]
  private var isStopping = false
  private(set) var resolver: HostResolver?

  init() throws(PostgresError) {
    poller = try Poller()
    wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard wakeDescriptor >= 0 else {
      throw PostgresError(.unavailable, message: "no event descriptor to be had (errno \(errno))")
    }
    poller.watch(wakeDescriptor, for: .read, token: Self.wakeToken)
    resolver = HostResolver(loop: self)
  }

  deinit {
    close(wakeDescriptor)
  }

  /// Hands work to the thread, from anywhere; false if it has ended.
  @discardableResult
  func perform(_ job: @escaping Job) -> Bool {
    let (isTaken, needsWake) = inbox.withLock { inbox in
      guard !inbox.isStopped else { return (false, false) }
      inbox.jobs.append(job)
      defer { inbox.isSleeping = false }
      return (true, inbox.isSleeping)
    }
    if needsWake { eventfd_write(wakeDescriptor, 1) }
    return isTaken
  }

  /// The thread's body: returns after `stop`.
  func run() {
    withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
      while !isStopping {
        poller.wait(milliseconds: timeToSleep(), events: events) { token, interest in
          handle(token, interest)
        }
        while let action = timers.popDue(at: .now) { action() }
        for job in takeJobs() { job() }
        resume()
      }
    }
    end()
  }

  /// How long to wait; nothing while there is work.
  private func timeToSleep() -> Int32 {
    let hasWork = inbox.withLock { inbox in
      inbox.isSleeping = inbox.jobs.isEmpty
      return !inbox.isSleeping
    }
    if hasWork { return 0 }
    guard let next = timers.next else { return -1 }
    let (seconds, attoseconds) = (next - .now).components
    // Rounded up: waking early would spin until the instant is there.
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
    return Int32(clamping: max(0, milliseconds))
  }

  private func takeJobs() -> [Job] {
    inbox.withLock { inbox in
      inbox.isSleeping = false
      guard !inbox.jobs.isEmpty else { return [] }
      var jobs: [Job] = []
      swap(&jobs, &inbox.jobs)
      inbox.jobs.reserveCapacity(jobs.count)
      return jobs
    }
  }

  private func handle(_ token: UInt64, _ interest: Poller.Interest) {
    guard token != Self.wakeToken else {
      var count: eventfd_t = 0
      eventfd_read(wakeDescriptor, &count)
      return
    }
    connections[token]?.handle(interest)
  }

  private func resume() {
    guard !resumptions.isEmpty else { return }
    var batch: [Resumption] = []
    swap(&batch, &resumptions)
    for resumption in batch { resumption.resume() }
  }

  /// Answers what is left, then refuses all further work.
  private func end() {
    runStopHandlers()
    resolver = nil
    let jobs = inbox.withLock { inbox in
      inbox.isStopped = true
      defer { inbox.jobs.removeAll() }
      return inbox.jobs
    }
    for job in jobs { job() }
    // One of the last jobs may have begun to connect: its caller would wait for ever.
    runStopHandlers()
    resume()
  }

  private func runStopHandlers() {
    let handlers = stopHandlers.values
    stopHandlers = [:]
    for handler in handlers { handler() }
  }
}

// What the connections and pools on the thread use.
extension EngineLoop {
  /// Gives a connection its token.
  func add(_ connection: Connection) -> UInt64 {
    lastToken += 1
    connections[lastToken] = connection
    return lastToken
  }

  func remove(_ token: UInt64) {
    connections[token] = nil
  }

  func watch(_ file: Int32, for interest: Poller.Interest, token: UInt64) {
    poller.watch(file, for: interest, token: token)
  }

  func forget(_ file: Int32) {
    poller.forget(file)
  }

  func schedule(
    at instant: ContinuousClock.Instant, _ action: @escaping () -> Void
  ) -> TimerQueue.Entry {
    timers.schedule(at: instant, action)
  }

  /// Answers a caller at the end of this turn, together with the others.
  func complete(_ resumption: Resumption?) {
    guard let resumption else { return }
    resumptions.append(resumption)
  }

  /// To be called when the engine stops under a pool or connection.
  func onStop(of owner: AnyObject, _ handler: (() -> Void)?) {
    stopHandlers[ObjectIdentifier(owner)] = handler
  }

  /// Ends the thread after this turn.
  func stop() {
    isStopping = true
  }
}
