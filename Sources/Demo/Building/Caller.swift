internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// Calls over a connection that say which method was refused.
struct Caller: Sendable {
  let connection: ServerConnection

  @discardableResult
  func call(_ method: String, _ params: JSONObject = JSONObject()) async throws -> JSON {
    do {
      return try await connection.call(method, .object(params))
    } catch let error as RPCError {
      throw DemoError(method, error)
    }
  }

  /// The result, or nil where there is no such thing.
  func find(_ method: String, _ params: JSONObject) async throws -> JSON? {
    do {
      return try await connection.call(method, .object(params))
    } catch let error as RPCError {
      guard error.kind == ErrorKind.notFound.rawValue else { throw DemoError(method, error) }
      return nil
    }
  }

  /// All items of a list, page by page.
  func items(_ method: String) async throws -> [JSON] {
    var params: JSONObject = ["limit": 500]
    var items: [JSON] = []
    while true {
      let page = try await call(method, params)
      items += page["items"]?.array ?? []
      guard let next = page["next"], !next.isNull else { return items }
      params["after"] = next
    }
  }

  static func id(_ json: JSON) throws -> Int64 {
    guard let id = json["id"]?.int64 else { throw DemoError("The server's answer holds no id.") }
    return id
  }
}
