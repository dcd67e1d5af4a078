import Foundation
import Glibc
import JSON
import Synchronization

/// A scripted server on a real socket: it answers each line by a closure and remembers what it was
/// asked. For what the console does with answers that the real server would not give on demand.
final class FakeServer: Sendable {
  typealias Script = @Sendable (_ method: String, _ params: JSON) throws -> JSON

  struct Refusal: Error {
    let code: Int
    let kind: String
    let message: String
    var fields: JSON = .null
  }

  /// Thrown by a script: the server goes away instead of answering.
  struct Silence: Error {}

  private let listener: Int32
  let port: Int
  private let serve: @Sendable (FakeServer, _ client: Int32) -> Void
  private let asked = Mutex<[(method: String, params: JSON)]>([])

  /// Answers each line.
  convenience init(_ script: @escaping Script) {
    self.init(serve: { server, client in server.answer(client, by: script) })
  }

  /// Gives each connection, on a thread of its own, to a closure that does with it what it likes.
  convenience init(connection: @escaping @Sendable (_ client: Int32) -> Void) {
    self.init(serve: { _, client in connection(client) })
  }

  private init(serve: @escaping @Sendable (FakeServer, _ client: Int32) -> Void) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        precondition(bind(listener, $0, length) == 0)
        precondition(listen(listener, 16) == 0)
        precondition(getsockname(listener, $0, &length) == 0)
      }
    }
    self.listener = listener
    self.serve = serve
    port = Int(UInt16(bigEndian: address.sin_port))
    // Held until the process ends: a test that only needs the address must not lose the server.
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread {
          self.serve(self, client)
          close(client)
        }
      }
    }
  }

  var address: String { "127.0.0.1:\(port)" }
  var calls: [(method: String, params: JSON)] { asked.withLock { $0 } }
  var methods: [String] { calls.map(\.method) }
  /// The last one that a command was for: by which zone moments are told is asked after it.
  var lastCall: (method: String, params: JSON)? { calls.last { $0.method != "settings.get" } }

  private func answer(_ client: Int32, by script: Script) {
    guard let file = fdopen(dup(client), "r") else { return }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let text = line.map({ String(cString: $0) }) {
      guard let answer = self.reply(to: text, by: script) else {
        shutdown(client, Int32(SHUT_RDWR))
        return
      }
      var reply = Array(answer.utf8)
      while !reply.isEmpty {
        let count = send(client, reply, reply.count, Int32(MSG_NOSIGNAL))
        guard count > 0 else { return }
        reply.removeFirst(count)
      }
    }
  }

  private func reply(to line: String, by script: Script) -> String? {
    guard let message = try? JSONReader().read(line), let method = message["method"]?.string else {
      return "not a request\n"
    }
    let params = message["params"] ?? .null
    let id = message["id"] ?? .null
    asked.withLock { $0.append((method, params)) }
    do {
      let result = try script(method, params)
      return JSON.object(["jsonrpc": "2.0", "result": result, "id": id]).description + "\n"
    } catch is Silence {
      return nil
    } catch let refusal as Refusal {
      let error: JSON = [
        "code": .integer(refusal.code), "message": .string(refusal.message),
        "data": ["kind": .string(refusal.kind), "fields": refusal.fields],
      ]
      return JSON.object(["jsonrpc": "2.0", "error": error, "id": id]).description + "\n"
    } catch {
      return "\(error)\n"
    }
  }
}
