internal import JSON
internal import JSONRPC
internal import Testing

/// What a line holds: requests, notifications, batches, and what is none of them.
@Suite struct EnvelopeReaderTests {
  @Test(arguments: [
    "1", "1.0", "-0", "1e2", "0.10", #""\u0041""#, #""a b""#, #""""#, "null", #""кухня\/""#,
    "123456789012345678901234567890",
  ]) func `An id comes back byte for byte`(_ id: String) throws {
    let line = #"{"id" :  \#(id) ,"jsonrpc":"2.0","method":"system.ping"}"#
    #expect(String(decoding: try #require(try request(line).id).bytes, as: UTF8.self) == id)
    // The same in a batch, where the request does not begin the line, and for a request refused.
    let batch = try batch(#" [ {"id":5}, \#(line) , {"method":1,"jsonrpc":"2.0","id":\#(id)} ]"#)
    #expect(String(decoding: try batch[1].get().id?.bytes ?? [], as: UTF8.self) == id)
    #expect(String(decoding: failure(batch[2])?.id?.bytes ?? [], as: UTF8.self) == id)
  }

  @Test func `A request without an id is a notification, one with null is not`() throws {
    #expect(try request(#"{"jsonrpc":"2.0","method":"a"}"#).isNotification)
    let other = try request(#"{"jsonrpc":"2.0","method":"a","id":null}"#)
    #expect(!other.isNotification)
    #expect(other.id == .null)
  }

  @Test(arguments: ["", #","params":null"#, #","params":[]"#, #","params": [ ] "#])
  func `Params null and [] count as absent`(_ params: String) throws {
    let request = try request(#"{"jsonrpc":"2.0","method":"a","id":1\#(params)}"#)
    #expect(request.parameters == nil)
    #expect(!request.hasPositionalParameters)
  }

  @Test func `Params by name are kept, by position are noted, of another kind are refused`() throws
  {
    let named = try request(#"{"jsonrpc":"2.0","method":"a","id":1,"params":{"b":[1],"a":null}}"#)
    #expect(named.parameters == ["b": [1], "a": nil])
    let positional = try request(#"{"jsonrpc":"2.0","method":"a","id":1,"params":[42,23]}"#)
    #expect(positional.hasPositionalParameters && positional.parameters == nil)
    for params in ["1", #""bar""#, "true", "1.5"] {
      let error = refusal(#"{"jsonrpc":"2.0","method":"a","id":7,"params":\#(params)}"#)
      #expect(error?.error.kind == "invalid_request")
      #expect(error?.id == RequestID(bytes: Array("7".utf8)))
    }
  }

  @Test(arguments: [
    "1", "null", "true", #""text""#, "{}", #"{"foo":"boo"}"#, #"{"jsonrpc":"2.0"}"#,
    #"{"method":"a","id":1}"#, #"{"jsonrpc":2.0,"method":"a","id":1}"#,
    #"{"jsonrpc":"1.0","method":"a","id":1}"#, #"{"jsonrpc":"2.0 ","method":"a","id":1}"#,
    #"{"jsonrpc":"2.0","method":null,"id":1}"#, #"{"jsonrpc":"2.0","method":["a"],"id":1}"#,
    #"{"jsonrpc":"2.0","method":"a","id":[1]}"#, #"{"jsonrpc":"2.0","method":"a","id":{}}"#,
    #"{"jsonrpc":"2.0","method":"a","id":true}"#, #"{"JSONRPC":"2.0","method":"a","id":1}"#,
    #"{"jsonrpc":"2.0","result":5,"id":1}"#, "[]", " [ ] ",
  ]) func `JSON that is no request is refused as such`(_ line: String) {
    let error = refusal(line)
    #expect(error?.error.code == -32600)
    // What could be read of the id is told, what is no id is not.
    #expect(error?.id == nil || error?.id == RequestID(bytes: Array("1".utf8)))
  }

  @Test(arguments: [
    "", "{", #"{"jsonrpc":"2.0","method":"a","id":1,}"#, #"[{"jsonrpc":"2.0","method":"a"},"#,
    #"{"jsonrpc":"2.0","method":"a","id":1,"id":2}"#, #"{"jsonrpc":"2.0","method":"a","id":1e400}"#,
    #"{"jsonrpc":"2.0","method":"a\u0000"}"#, "\u{FEFF}{}", #"{"params":{"a":1,"\u0061":2}}"#,
    String(repeating: "[", count: 100),
  ]) func `A line that is not the JSON taken is a parse error under no id`(_ line: String) {
    let error = refusal(line)
    #expect(error?.error.code == -32700)
    #expect(error?.id == nil)
    #expect(error?.error["offset"]?.int64 != nil)
  }

  @Test func `Bytes that are not UTF-8 are a parse error`() {
    guard case .single(.failure(let error)) = EnvelopeReader().read([0x7B, 0xFF, 0x7D]) else {
      return #expect(Bool(false))
    }
    #expect(error.error.kind == "parse_error")
  }

  @Test func `A batch keeps its order, good and bad side by side`() throws {
    let batch = try batch(
      #"[{"jsonrpc":"2.0","method":"a","id":1},7,[],{"jsonrpc":"2.0","method":"b"}]"#)
    #expect(try batch[0].get().method == "a")
    #expect(failure(batch[1])?.error.code == -32600)
    #expect(failure(batch[2])?.error.code == -32600)
    #expect(try batch[3].get().isNotification)
    #expect(batch.count == 4)
  }

  @Test func `A batch beyond the limit is refused once and as a whole`() throws {
    let reader = EnvelopeReader(maximumBatch: 3)
    let three = Array("[1,2,3]".utf8)
    guard case .batch(let elements) = reader.read(three) else { return #expect(Bool(false)) }
    #expect(elements.count == 3)
    guard case .single(.failure(let error)) = reader.read(Array("[1,2,3,4]".utf8)) else {
      return #expect(Bool(false))
    }
    #expect(error.error.code == -32600)
    #expect(error.error["limit"] == 3)
  }

  private func request(_ line: String) throws -> Request {
    guard case .single(let result) = EnvelopeReader().read(Array(line.utf8)) else {
      throw Unexpected.batch
    }
    return try result.get()
  }

  private func batch(_ line: String) throws -> [Result<Request, EnvelopeError>] {
    guard case .batch(let elements) = EnvelopeReader().read(Array(line.utf8)) else {
      throw Unexpected.single
    }
    return elements
  }

  private func refusal(_ line: String) -> EnvelopeError? {
    guard case .single(let result) = EnvelopeReader().read(Array(line.utf8)) else { return nil }
    return failure(result)
  }

  private func failure(_ result: Result<Request, EnvelopeError>) -> EnvelopeError? {
    guard case .failure(let error) = result else { return nil }
    return error
  }

  private enum Unexpected: Error { case single, batch }
}
