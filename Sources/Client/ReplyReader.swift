internal import JSON
internal import JSONRPC
internal import NIOCore

/// Reads the lines that a server sends.
enum ReplyReader {
  /// The result or error in a reply to the request of that id.
  static func result(_ line: ByteBuffer, id: Int) throws -> Result<JSON, RPCError> {
    let message = try object(line)
    if let error = message["error"], !error.isNull {
      return .failure(try rpcError(error))
    }
    guard let result = message["result"], message["id"]?.int64 == Int64(id) else {
      throw ConnectionError(.protocolViolation, "the server's reply does not fit the request")
    }
    return .success(result)
  }

  static func notification(_ line: ByteBuffer) throws -> ServerNotification {
    let message = try object(line)
    guard let method = message["method"]?.string else {
      throw ConnectionError(.protocolViolation, "the server sent a notification without a method")
    }
    return ServerNotification(method: method, params: message["params"] ?? .null)
  }

  private static func object(_ line: ByteBuffer) throws -> JSONObject {
    do {
      let value = try line.withUnsafeReadableBytes { try JSONReader().read($0) }
      if let object = value.object { return object }
    } catch {
      throw ConnectionError(
        .protocolViolation, "the server sent no JSON that can be read: \(error)", cause: error)
    }
    throw ConnectionError(.protocolViolation, "the server sent something that is no message")
  }

  private static func rpcError(_ json: JSON) throws -> RPCError {
    if let error = RPCError(reading: json) { return error }
    throw ConnectionError(.protocolViolation, "the server sent an error without code or message")
  }
}
