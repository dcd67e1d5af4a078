import JSON
import Testing

@testable import Server

/// The examples of the JSON-RPC 2.0 specification, section 7, over a socket. What they do by position
/// this server takes by name only, as the specification allows a server to; that is refused with
/// invalid params by the methods, of which the server knows nothing.
@Suite("The specification's examples", .timeLimit(.minutes(10)))
struct SpecificationTests {
  /// Each reply as its id and its result or its error's code.
  private func summary(_ reply: String?) throws -> String {
    let json = try JSONReader().read(reply ?? "null")
    if case .array(let replies) = json { return replies.map(summary).joined(separator: ", ") }
    return summary(json)
  }

  private func summary(_ reply: JSON) -> String {
    #expect(reply["jsonrpc"] == "2.0")
    let id = reply["id"].map { "\($0.string ?? $0.int64.map { "\($0)" } ?? "null")" } ?? "no id"
    if let code = reply["error"]?["code"]?.int64 { return "\(id): \(code)" }
    return "\(id): \(reply["result"]?.int64.map { "\($0)" } ?? "a result")"
  }

  @Test(
    "A request of the specification is answered as it says",
    arguments: [
      (
        #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
        "3: 19"
      ),
      (
        #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}"#,
        "4: 19"
      ),
      (#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#, "1: -32601"),
      (#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, "null: -32700"),
      (#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, "null: -32600"),
      (
        #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method"]"#,
        "null: -32700"
      ),
      ("[]", "null: -32600"),
      ("[1]", "null: -32600"),
      ("[1,2,3]", "null: -32600, null: -32600, null: -32600"),
      (
        #"[{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": "1"}, "#
          + #"{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}, "#
          + #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": "2"}, "#
          + #"{"foo": "boo"}, "#
          + #"{"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"}, "#
          + #"{"jsonrpc": "2.0", "method": "echo", "id": "9"}]"#,
        "1: 19, 2: 19, null: -32600, 5: -32601, 9: a result"
      ),
    ])
  func example(text: String, expected: String) async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      #expect(try summary(await client.ask(text)) == expected)
      #expect(try await client.ask(ping(1)) == pong(1))
    }
  }

  @Test(
    "A notification, and a batch of nothing else, gets no reply",
    arguments: [
      #"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#,
      #"{"jsonrpc": "2.0", "method": "foobar"}"#,
      #"[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]"#,
    ])
  func notification(text: String) async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(text + "\n")
      #expect(try await client.ask(ping(1)) == pong(1))
    }
  }
}
