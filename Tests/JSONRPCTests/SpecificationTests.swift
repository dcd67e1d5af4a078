internal import JSON
internal import JSONRPC
internal import Testing

/// The examples of the JSON-RPC 2.0 specification, section 7, answered by its own `subtract`, `sum`, …
///
/// Methods take params by name only, as the protocol says: the specification's positional calls are
/// refused with -32602 and otherwise answered as it shows.
@Suite struct SpecificationTests {
  @Test(arguments: [
    (
      #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
      #"{"jsonrpc":"2.0","result":19,"id":3}"#
    ),
    (
      #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}"#,
      #"{"jsonrpc":"2.0","result":19,"id":4}"#
    ),
    (#"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#, "-32602 1"),
    (#"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#, ""),
    (#"{"jsonrpc": "2.0", "method": "foobar"}"#, ""),
    (#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#, #"-32601 "1""#),
    (#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, "-32700 null"),
    (#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, "-32600 null"),
    (
      #"[{"jsonrpc": "2.0", "method": "sum", "id": "1"}, {"jsonrpc": "2.0", "method" ]"#,
      "-32700 null"
    ),
    ("[]", "-32600 null"),
    ("[1]", "[-32600 null]"),
    ("[1,2,3]", "[-32600 null,-32600 null,-32600 null]"),
    (
      #"[{"jsonrpc": "2.0", "method": "sum", "params": {"of": [1,2,4]}, "id": "1"},"#
        + #"{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},"#
        + #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": "2"},"#
        + #"{"foo": "boo"},"#
        + #"{"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},"#
        + #"{"jsonrpc": "2.0", "method": "get_data", "id": "9"}]"#,
      #"[{"jsonrpc":"2.0","result":7,"id":"1"},{"jsonrpc":"2.0","result":19,"id":"2"},"#
        + #"-32600 null,-32601 "5",{"jsonrpc":"2.0","result":["hello",5],"id":"9"}]"#
    ),
    (
      #"[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},"#
        + #"{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]"#,
      ""
    ),
  ]) func `The specification's example is answered as it shows`(
    _ line: String, _ answer: String
  ) throws {
    let bytes = Self.answer(line) ?? []
    #expect(bytes.isEmpty || bytes.last == UInt8(ascii: "\n"))
    #expect(bytes.dropLast().contains(0x0A) == false)
    #expect(try Self.shortened(bytes) == answer)
  }

  /// What stands on the wire; nil for nothing.
  private static func answer(_ line: String) -> [UInt8]? {
    switch EnvelopeReader().read(Array(line.utf8)) {
    case .single(.failure(let failure)):
      return Reply.line(.failure(failure.error), id: failure.id)
    case .single(.success(let request)):
      let outcome = call(request)
      return request.isNotification ? nil : Reply.line(outcome, id: request.id)
    case .batch(let elements):
      let replies = elements.compactMap { element -> (RequestID?, Result<RawJSON, RPCError>)? in
        switch element {
        case .failure(let failure): (failure.id, .failure(failure.error))
        case .success(let request): request.isNotification ? nil : (request.id, call(request))
        }
      }
      return Reply.line(batch: replies.map { (id: $0.0, outcome: $0.1) })
    }
  }

  private static func call(_ request: Request) -> Result<RawJSON, RPCError> {
    let minuend = Member<Int64>.integer("minuend", "From this.")
    let subtrahend = Member<Int64>.integer("subtrahend", "This much less.")
    let terms = Member<[Int64]>.array("of", of: .integer("", "A term."), "The terms.")
    guard !request.hasPositionalParameters else { return .failure(.positionalParameters()) }
    switch request.method {
    case "subtract":
      return Arguments.decode(
        request.parameters, against: [.required(minuend), .required(subtrahend)]
      ).map { RawJSON(.integer($0[minuend] - $0[subtrahend])) }
    case "sum":
      return Arguments.decode(request.parameters, against: [.required(terms)])
        .map { RawJSON(.integer($0[terms].reduce(0, +))) }
    case "get_data":
      return .success(RawJSON(["hello", 5]))
    default:
      return .failure(.methodNotFound(request.method))
    }
  }

  /// An answer with each error cut down to its code and id.
  private static func shortened(_ bytes: [UInt8]) throws -> String {
    guard !bytes.isEmpty else { return "" }
    let json = try JSONReader().read(bytes)
    guard let replies = json.array else { return short(json) }
    return "[" + replies.map(short).joined(separator: ",") + "]"
  }

  private static func short(_ reply: JSON) -> String {
    guard let error = reply["error"] else { return reply.description }
    return "\(error["code"] ?? nil) \(reply["id"] ?? nil)"
  }
}
