internal import CLibPQ
internal import Glibc

/// The thin layer over epoll: descriptors are watched level-triggered under a token of ours, because a
/// descriptor's number may come back for another connection before an old event is read.
struct Poller: ~Copyable {
  struct Interest: OptionSet {
    let rawValue: UInt32

    static let read = Interest(rawValue: EPOLLIN.rawValue)
    static let write = Interest(rawValue: EPOLLOUT.rawValue)
  }

  private let descriptor: Int32

  init() throws(PostgresError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else {
      throw PostgresError(.unavailable, message: "no epoll descriptor to be had (errno \(errno))")
    }
  }

  deinit {
    close(descriptor)
  }

  /// Watches a descriptor, or changes what is watched for.
  func watch(_ file: Int32, for interest: Interest, token: UInt64) {
    var event = epoll_event()
    event.events = interest.rawValue
    event.data.u64 = token
    if epoll_ctl(descriptor, EPOLL_CTL_MOD, file, &event) != 0 {
      // Not known yet, or libpq has closed it and got the same number for its next host.
      epoll_ctl(descriptor, EPOLL_CTL_ADD, file, &event)
    }
  }

  func forget(_ file: Int32) {
    var event = epoll_event()
    epoll_ctl(descriptor, EPOLL_CTL_DEL, file, &event)
  }

  /// Waits and calls the body with each ready token.
  /// - Parameter milliseconds: the longest wait; -1 for no limit.
  func wait(
    milliseconds: Int32, events: UnsafeMutableBufferPointer<epoll_event>,
    _ body: (UInt64, Interest) -> Void
  ) {
    let count = epoll_wait(descriptor, events.baseAddress, Int32(events.count), milliseconds)
    guard count > 0 else { return }
    for event in events[..<Int(count)] {
      body(event.data.u64, Interest(rawValue: event.events))
    }
  }
}
