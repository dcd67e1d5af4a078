internal import NIOCore
internal import Synchronization

/// Runs Swift tasks on an event loop's thread, so that a request needs no other.
///
/// Jobs that come while others wait share one entry in the loop's queue and one wake-up.
final class LoopExecutor: TaskExecutor {
  private struct Waiting {
    var jobs: [UnownedJob] = []
    var isScheduled = false
  }

  private let eventLoop: any EventLoop
  private let waiting = Mutex(Waiting())

  init(_ eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let wasScheduled = waiting.withLock { waiting in
      waiting.jobs.append(job)
      defer { waiting.isScheduled = true }
      return waiting.isScheduled
    }
    guard !wasScheduled else { return }
    eventLoop.execute { self.runWaiting() }
  }

  /// Runs what has come so far; what these jobs bring waits for the loop's next turn, after its I/O.
  private func runWaiting() {
    let jobs = waiting.withLock { waiting in
      let jobs = waiting.jobs
      waiting = Waiting()
      // As many are likely to come again.
      waiting.jobs.reserveCapacity(jobs.count)
      return jobs
    }
    let executor = asUnownedTaskExecutor()
    for job in jobs { job.runSynchronously(on: executor) }
  }
}
