internal import JSON
internal import JSONRPC
internal import Postgres

/// `system.*` and `rpc.discover`: what answers before anybody has logged in.
enum SystemMethods {
  static let all = [hello, ping, status, SystemCheck.method, discover]

  private static let client = Member<String>.text("client", "The client's name, for the log.")
  private static let protocolVersion = Member<Int64>.integer(
    "protocol", 1...1, "The protocol version that the client speaks; 1 is the only one.")

  private static let hello = Method(
    "system.hello", "Greets the server and tells what it is.",
    takes: [.optional(client), .optional(protocolVersion)],
    gives: .object(
      [
        "server": .string, "version": .string, "protocol": .integer,
        "features": .array(of: .string),
      ],
      required: ["server", "version", "protocol", "features"]),
    .open { call in
      RawJSON {
        $0.object {
          $0.member("server", "voronka")
          $0.member("version", call.services.configuration.serverVersion)
          $0.member("protocol", 1)
          $0.name("features")
          $0.array { for feature in ["batch", "idempotency", "import"] { $0.value(feature) } }
        }
      }
    })

  private static let ping = Method(
    "system.ping", "Answers at once, without asking the database.",
    gives: .object(["pong": .boolean], required: ["pong"]),
    .open { _ in RawJSON(["pong": true]) })

  private static let status = Method(
    "system.status", "Tells whether the server and its database are well.",
    gives: .object(
      ["state": .choice(["ready", "unavailable"]), "version": .string, "time": .timestamp],
      required: ["state", "version", "time"]),
    .open { call in
      let isReady = (try? await call.services.reads.transaction([SystemStatements.probe()])) != nil
      return RawJSON {
        $0.object {
          $0.member("state", isReady ? "ready" : "unavailable")
          $0.member("version", call.services.configuration.serverVersion)
          $0.member("time", call.now)
        }
      }
    })

  private static let discover = Method(
    "rpc.discover", "The server's description of itself, by OpenRPC.",
    .open { call in
      Features.document(version: call.services.configuration.serverVersion).rawJSON
    })
}
