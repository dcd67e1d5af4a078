internal import Foundation
internal import Glibc

/// What connections cost that do nothing, in KiB of the server's memory each.
struct IdleConnections: Sendable {
  /// How many there were.
  let count: Int
  /// The server's memory before them, in KiB.
  let before: Int
  /// Each, connected and not logged in.
  let connected: Double
  /// Each, logged in and with its answer taken.
  let loggedIn: Double

  /// Opens connections to a fresh server, logs them in, and weighs the server each time.
  static func measure(
    _ count: Int, port: UInt16, server: Int32, source: RequestSource
  ) async throws -> IdleConnections {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try weigh(count, port, server, source) })
      }
    }
  }

  private static func weigh(
    _ count: Int, _ port: UInt16, _ server: Int32, _ source: RequestSource
  ) throws -> IdleConnections {
    try raiseDescriptorLimit(to: count + 64)
    var source = source
    var connections: [LoadConnection] = []
    defer { for connection in connections { connection.close() } }
    // Some that are used and closed again: code and caches are no cost of connections.
    for _ in 0..<64 {
      let connection = try LoadConnection(port: port)
      defer { connection.close() }
      for _ in 0..<4 { try login(connection, &source) }
    }
    let before = try resident(server)
    for _ in 0..<count {
      let connection = try LoadConnection(port: port)
      connections.append(connection)
      // Its answer shows that the server has taken the connection up.
      try exchange(
        connection, Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\n".utf8))
    }
    let connected = try resident(server)
    for connection in connections { try login(connection, &source) }
    let loggedIn = try resident(server)
    return IdleConnections(
      count: count, before: before, connected: Double(connected - before) / Double(count),
      loggedIn: Double(loggedIn - before) / Double(count))
  }

  private static func login(_ connection: LoadConnection, _ source: inout RequestSource) throws {
    var line: [UInt8] = []
    source.login(source.anyTenant(), into: &line)
    try exchange(connection, line)
  }

  private static func exchange(_ connection: LoadConnection, _ line: [UInt8]) throws {
    try connection.send(line)
    var bytes = [UInt8](repeating: 0, count: 4096)
    repeat {
      let count = recv(connection.descriptor, &bytes, bytes.count, 0)
      guard count > 0 else { throw LoadConnection.failure("the server has closed a connection") }
      if count > 18, bytes[18] == UInt8(ascii: "e") {
        throw BenchmarkError(
          "a request failed: " + String(decoding: bytes[..<count], as: UTF8.self))
      }
      if bytes[count - 1] == UInt8(ascii: "\n") { return }
    } while true
  }

  private static func resident(_ server: Int32) throws -> Int {
    guard let memory = ProcessMemory(of: server) else {
      throw BenchmarkError("the server is gone")
    }
    return memory.resident
  }

  private static func raiseDescriptorLimit(to needed: Int) throws {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    getrlimit(resource, &limit)
    guard limit.rlim_cur < rlim_t(needed) else { return }
    limit.rlim_cur = min(rlim_t(needed), limit.rlim_max)
    guard setrlimit(resource, &limit) == 0, limit.rlim_cur >= rlim_t(needed) else {
      throw BenchmarkError(
        "\(needed) descriptors are needed and \(limit.rlim_cur) allowed: raise ulimit -n, or ask "
          + "for fewer --idle connections")
    }
  }
}
