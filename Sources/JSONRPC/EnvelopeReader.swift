public import JSON

/// Reads a line as JSON-RPC 2.0: a request, a notification or a batch of them.
public struct EnvelopeReader: Sendable {
  private let reader: JSONReader
  private let maximumBatch: Int

  /// A reader that refuses batches of more elements than `maximumBatch`.
  public init(reader: JSONReader = JSONReader(), maximumBatch: Int = 1000) {
    self.reader = reader
    self.maximumBatch = maximumBatch
  }

  /// What the line holds. Never fails: what is no request says what to answer.
  public func read(_ line: UnsafeRawBufferPointer) -> Incoming {
    let text: JSON
    do {
      text = try reader.read(line)
    } catch {
      return .single(.failure(EnvelopeError(id: nil, error: .parseError(error))))
    }
    guard case .array(let elements) = text else { return .single(request(text, in: line)) }
    if elements.isEmpty {
      return refusal("A batch needs at least one request.")
    }
    if elements.count > maximumBatch {
      return refusal(
        "A batch holds at most \(maximumBatch) requests. Send several batches.",
        limit: maximumBatch)
    }
    return .batch(elements.map { request($0, in: line) })
  }

  /// What the line holds.
  public func read(_ line: [UInt8]) -> Incoming {
    line.withUnsafeBytes { read($0) }
  }

  private func refusal(_ message: String, limit: Int? = nil) -> Incoming {
    .single(.failure(EnvelopeError(id: nil, error: .invalidRequest(message, limit: limit))))
  }

  private func request(
    _ message: JSON, in line: UnsafeRawBufferPointer
  ) -> Result<Request, EnvelopeError> {
    guard case .object(let message) = message else {
      return invalid(nil, "A request is a JSON object with jsonrpc, method, params and id.")
    }
    let id: RequestID?
    switch message.member("id") {
    case .none: id = nil
    case .some(let member):
      switch member.value {
      case .string, .number, .null: id = RequestID(bytes: Array(line[member.range]))
      default: return invalid(nil, "The id has to be a string, a number or null.")
      }
    }
    guard case .some(.string("2.0")) = message["jsonrpc"] else {
      return invalid(id, "The member jsonrpc has to be \"2.0\".")
    }
    guard case .some(.string(let method)) = message["method"] else {
      return invalid(id, "The member method has to be a string, the method's name.")
    }
    switch message["params"] {
    case .none, .some(.null):
      return .success(Request(id: id, method: method))
    case .some(.object(let parameters)):
      return .success(Request(id: id, method: method, parameters: parameters))
    case .some(.array(let positional)):
      return .success(
        Request(id: id, method: method, hasPositionalParameters: !positional.isEmpty))
    default:
      return invalid(id, "The member params has to be an object with named members.")
    }
  }

  private func invalid(
    _ id: RequestID?, _ message: String
  ) -> Result<Request, EnvelopeError> {
    .failure(EnvelopeError(id: id, error: .invalidRequest(message)))
  }
}
