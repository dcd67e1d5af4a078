internal import JSON
internal import JSONRPC
internal import TestSupport
internal import VoronkaClient

/// A company on a running server, with its owner and a pipeline for deals.
struct WireCompany: Sendable {
  static let password = "correct horse battery"

  let server: RunningServer
  let slug: String
  let pipeline: Int64
  /// The owner's session token, for connections of others.
  let token: String
  let owner: ServerConnection

  static func make(_ slug: String, on server: RunningServer) async throws -> WireCompany {
    let installer = try await server.operatorConnection()
    _ = try await installer.call(
      "plan.create", ["code": .string(slug), "name": "Plan", "limits": [:]])
    _ = try await installer.call(
      "tenant.create",
      [
        "slug": .string(slug), "name": "Company", "plan": .string(slug), "currency": "USD",
        "locale": "en", "timezone": "UTC",
        "admin": [
          "email": .string("owner@\(slug).example"), "name": "Owner",
          "password": .string(password),
        ],
      ])
    await installer.close()
    let owner = try await server.connect()
    let login = try await owner.call("auth.login", login(slug))
    let pipeline = try await owner.call(
      "pipeline.create", ["kind": "deal", "name": "Stream", "template": "sales"])
    return WireCompany(
      server: server, slug: slug, pipeline: pipeline["id"]?.int64 ?? 0,
      token: login["token"]?.string ?? "", owner: owner)
  }

  /// The params of the owner's log-in.
  static func login(_ slug: String) -> JSON {
    [
      "tenant": .string(slug), "email": .string("owner@\(slug).example"),
      "password": .string(password),
    ]
  }

  /// A connection of the owner's, to the server on which the company lives now.
  func connect(to server: RunningServer? = nil) async throws -> ServerConnection {
    let connection = try await (server ?? self.server).connect()
    _ = try await connection.call("auth.token", ["token": .string(token)])
    return connection
  }

  /// Repeats what is refused for the moment, as the server asks.
  static func patiently<Value>(_ work: () async throws -> Value) async throws -> Value {
    while true {
      do {
        return try await work()
      } catch let error as RPCError where error.code == 1050 {
        try await Task.sleep(for: .milliseconds(error["retry_after_ms"]?.int64 ?? 100))
      }
    }
  }

  /// How often each title stands among all deals.
  func titles(on connection: ServerConnection) async throws -> [String: Int] {
    var titles: [String: Int] = [:]
    var after: JSON = .null
    repeat {
      var parameters: JSONObject = ["limit": 500]
      if !after.isNull { parameters["after"] = after }
      let page = try await Self.patiently {
        try await connection.call("deal.list", .object(parameters))
      }
      for item in page["items"]?.array ?? [] {
        titles[item["title"]?.string ?? "", default: 0] += 1
      }
      after = page["next"] ?? .null
    } while !after.isNull
    return titles
  }
}
