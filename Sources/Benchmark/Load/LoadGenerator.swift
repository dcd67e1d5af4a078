internal import CLibPQ
internal import Foundation
internal import Glibc

/// Puts a server under load from one thread: each connection has one request in flight, and sends the
/// next when the answer is there.
///
/// Written straight upon sockets, since the client shares the machine with what it measures: pgbench
/// is as lean.
struct LoadGenerator {
  /// A connection goes to another company after so many requests, so that all companies have their turn.
  private static let requestsPerLogin = 500
  /// What is not measured at the beginning: memory is being filled and statements prepared.
  private static let warmUp: Int64 = 500_000_000
  private static let patience: Int32 = 10_000

  private var source: any LoadSource
  private let server: Int32
  private var connections: [LoadConnection] = []
  private let poller: Int32
  private var line: [UInt8] = []

  private var latencies = Latencies()
  private var errors = 0
  private var firstError: String?
  /// From when to when requests count, by the monotonic clock.
  private var window: Range<Int64> = 0..<0
  private var inFlight = 0

  /// - Parameter server: the server's process.
  private init(
    _ source: any LoadSource, port: UInt16, connections count: Int, server: Int32
  ) throws {
    self.source = source
    self.server = server
    poller = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard poller >= 0 else { throw LoadConnection.failure("epoll") }
    for index in 0..<count {
      let connection = try LoadConnection(port: port)
      connections.append(connection)
      var event = epoll_event()
      event.events = EPOLLIN.rawValue
      event.data.u64 = UInt64(index)
      epoll_ctl(poller, EPOLL_CTL_ADD, connection.descriptor, &event)
    }
    latencies.reserve(1 << 18)
  }

  /// Measures so long with so many connections.
  static func measure(
    _ source: any LoadSource, port: UInt16, connections: Int, seconds: Double, server: Int32
  ) async throws -> Figures {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            var generator = try LoadGenerator(
              source, port: port, connections: connections, server: server)
            defer { generator.end() }
            return try generator.run(seconds: seconds)
          })
      }
    }
  }

  private mutating func run(seconds: Double) throws -> Figures {
    let begin = LoadConnection.now + Self.warmUp
    window = begin..<(begin + Int64(seconds * 1_000_000_000))
    for index in connections.indices { try send(index) }
    try work(until: window.lowerBound)
    let before = ProcessorTime.spent(by: server)
    try work(until: window.upperBound)
    if latencies.count == 0 {
      // One request takes longer than that: those on the way count.
      window = window.lowerBound..<Int64.max
      try work(until: .max)
      window = window.lowerBound..<max(window.lowerBound, LoadConnection.now)
    }
    let spent = ProcessorTime.spent(by: server) - before
    let counted = latencies
    try work(until: .max)
    if let firstError, errors * 100 > counted.count {
      throw BenchmarkError("\(errors) requests failed, the first with \(firstError)")
    }
    return Figures(
      count: counted.count, seconds: Double(window.count) / 1_000_000_000, latencies: counted,
      processor: spent, errors: errors)
  }

  /// Sends and receives until that time; for ever means until nothing is in flight.
  private mutating func work(until end: Int64) throws {
    try withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
      try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { bytes in
        while LoadConnection.now < end, inFlight > 0 {
          let count = epoll_wait(poller, events.baseAddress, 64, Self.patience)
          guard count != 0 else { throw BenchmarkError("the server has not answered for 10 s") }
          guard count > 0 else { continue }
          for event in events[..<Int(count)] {
            try receive(Int(event.data.u64), bytes, sendsOn: end != .max)
          }
        }
      }
    }
  }

  private mutating func receive(
    _ index: Int, _ bytes: UnsafeMutableRawBufferPointer, sendsOn: Bool
  ) throws {
    let count = recv(connections[index].descriptor, bytes.baseAddress, bytes.count, 0)
    guard count > 0 else { throw LoadConnection.failure("the server has closed a connection") }
    if !connections[index].hasBegun {
      connections[index].hasBegun = true
      // `{"jsonrpc":"2.0","result":` or `…"error":`.
      connections[index].isError = count > 18 && bytes[18] == UInt8(ascii: "e")
      if connections[index].isError { note(UnsafeRawBufferPointer(bytes)[..<count]) }
    }
    guard bytes[count - 1] == UInt8(ascii: "\n") else { return }
    inFlight -= 1
    finish(index)
    if sendsOn { try send(index) }
  }

  private mutating func finish(_ index: Int) {
    let connection = connections[index]
    connections[index].hasBegun = false
    if connection.isLoggingIn { return connections[index].isLoggingIn = false }
    guard !connection.isError else { return }
    source.carriedOut(connection.errand, tenant: connection.tenant)
    let now = LoadConnection.now
    if window.contains(now) { latencies.add(now - connection.sentAt) }
  }

  private mutating func note(_ reply: Slice<UnsafeRawBufferPointer>) {
    errors += 1
    if firstError == nil { firstError = String(decoding: reply.prefix(500), as: UTF8.self) }
  }

  private mutating func send(_ index: Int) throws {
    line.removeAll(keepingCapacity: true)
    if connections[index].tenant == 0 || connections[index].sent == Self.requestsPerLogin {
      // Not all at once.
      connections[index].sent =
        connections[index].tenant == 0 ? index * 61 % Self.requestsPerLogin : 0
      connections[index].tenant = source.anyTenant()
      connections[index].isLoggingIn = true
      source.login(connections[index].tenant, into: &line)
    } else {
      source.request(
        of: index, tenant: connections[index].tenant, errand: &connections[index].errand,
        into: &line)
      connections[index].sent += 1
    }
    connections[index].sentAt = LoadConnection.now
    try connections[index].send(line)
    inFlight += 1
  }

  private func end() {
    for connection in connections { connection.close() }
    Glibc.close(poller)
  }
}
