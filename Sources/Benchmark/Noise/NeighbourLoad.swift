internal import CLibPQ
internal import Foundation
internal import Glibc

/// Several companies at their steady work, and beside them one that floods, from one thread.
///
/// Each of the others sends a request at its time, whether or not the one before was quick: what a slow
/// answer delays counts from when it was due. The flood's connections send as soon as they are answered.
struct NeighbourLoad {
  /// How the load is made up.
  struct Extent: Sendable {
    /// How many other companies, with a connection each.
    var others = 8
    /// How often each of them sends.
    var interval: Int64 = 20_000_000
    /// With how many connections the one floods; 0 for not at all.
    var flood = 64
    /// How long, in seconds, after a second that does not count.
    var seconds = 5.0
  }

  private static let warmUp: Int64 = 1_000_000_000
  private static let patience: Int64 = 30_000_000_000

  private let extent: Extent
  private var steady: [RequestSource]
  private var flooding: [RequestSource]
  private let poller: Int32
  private var connections: [LoadConnection] = []
  /// When each of the others' next request is due; idle connections alone.
  private var due: [Int64]
  private var isBusy: [Bool]
  private var answers: [Int]
  private var line: [UInt8] = []
  private var window: Range<Int64> = 0..<0
  private var latencies = Latencies()
  private var answered = 0
  private var refused = 0
  private var firstError: String?

  /// - Parameters:
  ///   - steady: what the others send, in turns.
  ///   - flooding: what the flooding company sends, in turns.
  static func measure(
    _ extent: Extent, steady: [RequestSource], flooding: [RequestSource], port: UInt16
  ) async throws -> NeighbourFigures {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            var load = try NeighbourLoad(
              extent, steady: steady, flooding: flooding, port: port)
            defer { load.end() }
            return try load.run()
          })
      }
    }
  }

  private init(
    _ extent: Extent, steady: [RequestSource], flooding: [RequestSource], port: UInt16
  ) throws {
    self.extent = extent
    self.steady = steady
    self.flooding = flooding
    poller = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard poller >= 0 else { throw LoadConnection.failure("epoll") }
    let count = extent.others + extent.flood
    due = [Int64](repeating: 0, count: extent.others)
    isBusy = [Bool](repeating: false, count: count)
    answers = [Int](repeating: 0, count: count)
    for index in 0..<count {
      var connection = try LoadConnection(port: port)
      let ground = steady[0].ground
      // The first company is the one that floods.
      connection.tenant = ground.firstTenant + (isOther(index) ? Int64(index + 1) : 0)
      connections.append(connection)
      var event = epoll_event()
      event.events = EPOLLIN.rawValue
      event.data.u64 = UInt64(index)
      epoll_ctl(poller, EPOLL_CTL_ADD, connection.descriptor, &event)
    }
    latencies.reserve(1 << 16)
  }

  private func isOther(_ index: Int) -> Bool { index < extent.others }

  private mutating func run() throws -> NeighbourFigures {
    let start = LoadConnection.now
    let begin = start + Self.warmUp
    window = begin..<(begin + Int64(extent.seconds * 1_000_000_000))
    for index in due.indices {
      due[index] = start + extent.interval * Int64(index) / Int64(extent.others)
    }
    for index in connections.indices {
      connections[index].isLoggingIn = true
      line.removeAll(keepingCapacity: true)
      steady[0].login(connections[index].tenant, into: &line)
      try send(index, at: LoadConnection.now)
    }
    try work()
    if let firstError {
      throw BenchmarkError("a request of the other companies failed: \(firstError)")
    }
    let percentiles = latencies.percentiles([0.5, 0.99, 1])
    return NeighbourFigures(
      p50: percentiles[0], p99: percentiles[1], slowest: percentiles[2],
      throughput: Double(latencies.count) / extent.seconds,
      answered: Double(answered) / extent.seconds, refused: Double(refused) / extent.seconds)
  }

  private mutating func work() throws {
    try withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
      try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { bytes in
        while true {
          let now = LoadConnection.now
          let isOver = now >= window.upperBound
          if isOver, !isBusy.contains(true) { return }
          guard now < window.upperBound + Self.patience else {
            throw BenchmarkError("the server has not answered for 30 s")
          }
          if !isOver { try sendDue(now) }
          let count = epoll_wait(poller, events.baseAddress, 64, 1)
          for event in events[..<Int(max(0, count))] {
            try receive(Int(event.data.u64), bytes, sendsOn: !isOver)
          }
        }
      }
    }
  }

  /// The others' requests whose time has come.
  private mutating func sendDue(_ now: Int64) throws {
    for index in due.indices where !isBusy[index] && due[index] <= now {
      // Late because the answer before was: that is part of how long it takes.
      let isLate = now - due[index] >= extent.interval
      let since = isLate ? due[index] : now
      due[index] += extent.interval
      let turn = answers[index] % steady.count
      line.removeAll(keepingCapacity: true)
      steady[turn].request(
        of: index, tenant: connections[index].tenant, errand: &connections[index].errand,
        into: &line)
      try send(index, at: since)
    }
  }

  private mutating func flood(_ index: Int) throws {
    let turn = answers[index] % flooding.count
    line.removeAll(keepingCapacity: true)
    flooding[turn].request(
      of: index, tenant: connections[index].tenant, errand: &connections[index].errand,
      into: &line)
    try send(index, at: LoadConnection.now)
  }

  private mutating func send(_ index: Int, at instant: Int64) throws {
    connections[index].sentAt = instant
    isBusy[index] = true
    try connections[index].send(line)
  }

  private mutating func receive(
    _ index: Int, _ bytes: UnsafeMutableRawBufferPointer, sendsOn: Bool
  ) throws {
    let count = recv(connections[index].descriptor, bytes.baseAddress, bytes.count, 0)
    guard count > 0 else { throw LoadConnection.failure("the server has closed a connection") }
    if !connections[index].hasBegun {
      connections[index].hasBegun = true
      connections[index].isError = count > 18 && bytes[18] == UInt8(ascii: "e")
      if connections[index].isError, isOther(index) || connections[index].isLoggingIn,
        firstError == nil
      {
        firstError = String(
          decoding: UnsafeRawBufferPointer(bytes)[..<min(count, 500)], as: UTF8.self)
      }
    }
    guard bytes[count - 1] == UInt8(ascii: "\n") else { return }
    isBusy[index] = false
    finish(index)
    if sendsOn, !isOther(index) { try flood(index) }
  }

  private mutating func finish(_ index: Int) {
    let connection = connections[index]
    connections[index].hasBegun = false
    if connection.isLoggingIn { return connections[index].isLoggingIn = false }
    let now = LoadConnection.now
    let counts = window.contains(now)
    if isOther(index) {
      let turn = answers[index] % steady.count
      if !connection.isError {
        steady[turn].carriedOut(connection.errand, tenant: connection.tenant)
      }
      if counts { latencies.add(now - connection.sentAt) }
    } else if counts {
      if connection.isError { refused += 1 } else { answered += 1 }
    }
    answers[index] += 1
  }

  private func end() {
    for connection in connections { connection.close() }
    Glibc.close(poller)
  }
}
