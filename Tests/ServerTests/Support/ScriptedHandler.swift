import JSON
import JSONRPC
import Synchronization

/// Answers a handful of methods that show what the server does with requests.
final class ScriptedHandler: RequestHandler {
  let script: Script
  let origin: ClientOrigin
  /// Which client it is, counted from 1.
  private let number: Int
  private let present = Mutex(ClientStanding.anonymous)
  private let isHushed = Atomic(false)
  private let output = Mutex<(any NotificationOutput)?>(nil)

  init(script: Script, origin: ClientOrigin) {
    self.script = script
    self.origin = origin
    number = script.met(origin)
  }

  var standing: ClientStanding { present.withLock { $0 } }

  func connectionOpened(_ output: any NotificationOutput) { self.output.withLock { $0 = output } }

  func connectionClosed() { script.signals.raise("closed \(number)") }

  func respond(to request: Request, isInBatch: Bool) async -> Result<RawJSON, RPCError> {
    script.begin()
    defer { script.end() }
    let parameters = request.parameters ?? [:]
    switch request.method {
    case "ping": return .success(RawJSON("pong"))
    case "echo": return .success(RawJSON(.object(parameters)))
    case "in_batch": return .success(RawJSON(.bool(isInBatch)))
    case "subtract": return subtract(parameters)
    case "note":
      script.write(parameters["text"]?.string ?? "")
      return .success(RawJSON(.null))
    case "big":
      let count = Int(parameters["bytes"]?.int64 ?? 0)
      return .success(RawJSON(.string(String(repeating: "x", count: count))))
    case "stand":
      present.withLock { $0 = parameters["as"] == "subscribed" ? .subscribed : .loggedIn }
      return .success(RawJSON(.null))
    case "tell":
      tell(
        count: Int(parameters["count"]?.int64 ?? 0), bytes: Int(parameters["bytes"]?.int64 ?? 0))
      return .success(RawJSON(.null))
    case "hush":
      isHushed.store(true, ordering: .relaxed)
      return .success(RawJSON("hushed"))
    case "hold": return await hold(parameters["name"]?.string ?? "")
    case "deafen":
      script.signals.raise("deaf")
      // Whatever the server asks for, this waits for the test.
      let signals = script.signals
      _ = await Task.detached { await signals.wait("hear") }.value
      return .success(RawJSON("heard"))
    default: return .failure(.methodNotFound(request.method))
    }
  }

  /// Tells lines that nobody asked for, each only when the client has room for it.
  private func tell(count: Int, bytes: Int) {
    guard let output = output.withLock({ $0 }) else { return }
    let text = String(repeating: "x", count: bytes)
    Task {
      for number in 0..<count {
        guard await output.hasRoom() else { break }
        let line = Reply.notification(
          method: "told",
          parameters: RawJSON(["number": .integer(Int64(number)), "text": .string(text)]))
        guard await output.write(line, while: { !self.isHushed.load(ordering: .relaxed) }) else {
          break
        }
        self.script.told(number + 1)
      }
      self.script.signals.raise("told")
    }
  }

  /// Tells that it runs, and waits until the test lets it go.
  private func hold(_ name: String) async -> Result<RawJSON, RPCError> {
    script.signals.raise("holding \(name)")
    guard await script.signals.wait("release \(name)") else {
      script.write("cancelled \(name)")
      return .failure(.unavailable(retryAfterMilliseconds: 1))
    }
    script.write("released \(name)")
    return .success(RawJSON(.string(name)))
  }

  private func subtract(_ parameters: JSONObject) -> Result<RawJSON, RPCError> {
    guard let from = parameters["minuend"]?.int64, let what = parameters["subtrahend"]?.int64
    else { return .failure(.invalidParams([])) }
    return .success(RawJSON(.integer(from - what)))
  }
}
