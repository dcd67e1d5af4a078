internal import Glibc

/// One connection of the load, with one request in flight.
struct LoadConnection {
  let descriptor: Int32
  var tenant: Int64 = 0
  var errand = RequestSource.Errand()
  /// How many requests were sent since the last log-in.
  var sent = 0
  var isLoggingIn = false
  var sentAt: Int64 = 0
  /// Whether the present reply has begun, and whether it is an error.
  var hasBegun = false
  var isError = false

  /// Connects to a port of this machine.
  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Self.failure("no socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      defer { Glibc.close(descriptor) }
      throw Self.failure("the server does not answer")
    }
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  func close() {
    Glibc.close(descriptor)
  }

  /// Sends a line whole: it is short, and nothing else is on the way.
  func send(_ line: [UInt8]) throws {
    let count = Glibc.send(descriptor, line, line.count, Int32(MSG_NOSIGNAL))
    guard count == line.count else { throw Self.failure("the server takes nothing") }
  }

  static func failure(_ what: String) -> BenchmarkError {
    BenchmarkError("\(what): \(String(cString: strerror(errno)))")
  }

  /// The monotonic clock, in nanoseconds.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
