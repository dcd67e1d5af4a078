public import JSON

/// Writes replies and notifications, as one line each.
public enum Reply {
  private static let head = Array(#"{"jsonrpc":"2.0","result":"#.utf8)
  private static let errorHead = Array(#"{"jsonrpc":"2.0","error":"#.utf8)
  private static let idHead = Array(#","id":"#.utf8)

  /// One reply without its line's end, as it also stands in a batch; `null` stands for no id.
  public static func append(
    _ outcome: Result<RawJSON, RPCError>, id: RequestID?, to bytes: inout [UInt8]
  ) {
    switch outcome {
    case .success(let result):
      bytes.append(contentsOf: head)
      bytes.append(contentsOf: result.bytes)
    case .failure(let error):
      bytes.append(contentsOf: errorHead)
      bytes.append(contentsOf: error.json.bytes)
    }
    bytes.append(contentsOf: idHead)
    bytes.append(contentsOf: (id ?? .null).bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  /// One reply as a line with its end.
  public static func line(_ outcome: Result<RawJSON, RPCError>, id: RequestID?) -> [UInt8] {
    var bytes: [UInt8] = []
    if case .success(let result) = outcome {
      bytes.reserveCapacity(result.bytes.count + 64)
    }
    append(outcome, id: id, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// A batch's replies as a line with its end; nil where there is nothing to say (notifications).
  public static func line(
    batch replies: [(id: RequestID?, outcome: Result<RawJSON, RPCError>)]
  ) -> [UInt8]? {
    guard !replies.isEmpty else { return nil }
    var bytes = [UInt8(ascii: "[")]
    for (index, reply) in replies.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(reply.outcome, id: reply.id, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// A notification to the client as a line with its end.
  public static func notification(method: String, parameters: RawJSON) -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: parameters.bytes.count + 64)
    writer.object {
      $0.name("jsonrpc")
      $0.value("2.0")
      $0.name("method")
      $0.value(method)
      $0.name("params")
      $0.raw(parameters)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension RPCError {
  /// The error object as it stands in a reply.
  public var json: RawJSON {
    RawJSON { writer in
      writer.object {
        $0.name("code")
        $0.value(code)
        $0.name("message")
        $0.value(message)
        $0.name("data")
        $0.object {
          $0.name("kind")
          $0.value(kind)
          for member in data {
            $0.name(member.name)
            $0.value(member.value)
          }
        }
      }
    }
  }
}
