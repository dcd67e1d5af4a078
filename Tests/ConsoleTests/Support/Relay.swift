import Foundation
import Glibc
import Synchronization

/// A way to a server that can be cut: in the midst of a request, whose answer then never arrives, or at any
/// moment.
final class Relay: Sendable {
  private struct State {
    var open: [Int32] = []
    var fatal: String?
    var isClosed = false
    var connections = 0
  }

  private let target: @Sendable () -> Int
  private let state = Mutex(State())
  private let door: Mutex<FakeServer?> = Mutex(nil)

  /// To a port of this computer, which is asked for with every connection.
  init(to port: @escaping @Sendable () -> Int) {
    target = port
    let door = FakeServer(connection: { [self] client in self.serve(client) })
    self.door.withLock { $0 = door }
  }

  var address: String { door.withLock { $0?.address ?? "" } }

  /// How many connections were taken so far.
  var connections: Int { state.withLock { $0.connections } }

  /// The next request with this word in it is carried out, and the connection cut before its answer.
  func cut(after word: String) { state.withLock { $0.fatal = word } }

  /// All connections end now, and as long as it is closed no new one is taken.
  func cut(closing: Bool = false) {
    state.withLock { state in
      state.isClosed = closing
      for end in state.open { shutdown(end, Int32(SHUT_RDWR)) }
    }
  }

  /// No new connection is taken; those that there are go on.
  func refuseNew() { state.withLock { $0.isClosed = true } }

  func reopen() { state.withLock { $0.isClosed = false } }

  private func serve(_ client: Int32) {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(server) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = in_port_t(target()).bigEndian
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    let isTaken = state.withLock { state in
      guard isConnected, !state.isClosed else { return false }
      state.open += [client, server]
      state.connections += 1
      return true
    }
    guard isTaken else { return }
    let isCut = Flag()
    let answers = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      Self.copy(server, to: client) { _ in !isCut.isSet }
      shutdown(client, Int32(SHUT_RDWR))
      answers.signal()
    }
    Self.copy(client, to: server) { bytes in
      let isFatal = self.state.withLock { state in
        guard let word = state.fatal,
          String(decoding: bytes, as: UTF8.self).contains(word)
        else { return false }
        state.fatal = nil
        return true
      }
      if isFatal { isCut.set() }
      return true
    }
    shutdown(server, Int32(SHUT_RDWR))
    answers.wait()
    state.withLock { state in state.open.removeAll { $0 == client || $0 == server } }
  }

  /// Copies until the end, or until a piece must not arrive: what comes next then is the cut.
  private static func copy(_ from: Int32, to end: Int32, _ passes: (ArraySlice<UInt8>) -> Bool) {
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(from, &chunk, chunk.count, 0)
      guard count > 0, passes(chunk[..<count]) else { return }
      var sent = 0
      while sent < count {
        let more = chunk[sent..<count].withUnsafeBytes {
          send(end, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard more > 0 else { return }
        sent += more
      }
    }
  }
}
