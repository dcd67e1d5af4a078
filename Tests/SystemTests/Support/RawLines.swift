internal import Foundation
internal import JSON
internal import TestSupport

/// Bytes over a plain socket, as `nc` would send them: everything that comes back until the end.
enum RawLines {
  /// Sends the lines and, on a thread of its own, reads until the server closes. `hasBegun` is called
  /// once everything is sent and the first answer has come.
  static func exchange(
    _ lines: [String], port: Int, hasBegun: @escaping @Sendable () -> Void
  ) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result { try blocking(lines, port: port, hasBegun: hasBegun) })
      }
    }
  }

  private static func blocking(
    _ lines: [String], port: Int, hasBegun: () -> Void
  ) throws -> [UInt8] {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw POSIXError(.EIO) }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
    var bytes = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { throw POSIXError(.EPIPE) }
      bytes = bytes.dropFirst(sent)
    }
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return received }
      if received.isEmpty { hasBegun() }
      received.append(contentsOf: chunk[..<count])
    }
  }
}
