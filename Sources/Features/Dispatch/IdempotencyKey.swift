internal import Crypto
internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A request's idempotency key, with what tells the request from another one under the same key.
struct IdempotencyKey: Sendable {
  private let tenant: Int64
  private let owner: String
  private let key: String
  private let requestHash: [UInt8]
  private let hours: Parameter

  /// The key of a request, if it has one.
  ///
  /// - Parameter hours: for how long it is honoured.
  init?(
    _ arguments: Arguments, request: Request, tenant: Int64, owner: String,
    hours: Int = PlanRetention.leastHours
  ) {
    guard let key = arguments[optional: CommonMembers.idempotencyKey] else { return nil }
    self.tenant = tenant
    self.owner = owner
    self.key = key
    self.hours = .integer(Int64(hours))
    var parameters = request.parameters ?? [:]
    parameters["idempotency_key"] = nil
    var writer = JSONWriter()
    writer.value(request.method)
    writer.value(Self.sorted(.object(parameters)))
    requestHash = Array(SHA256.hash(data: writer.bytes))
  }

  private var identity: [Parameter] { [.integer(tenant), .text(owner), .text(key)] }

  /// Claims the key together with the answer.
  func claim(_ work: Work, at now: Timestamp) -> BoundStatement {
    IdempotencyStatements.claim.bind(
      identity + [
        .bytea(requestHash), .integer(work.card), .bytes(work.answer.bytes), .timestamp(now),
        hours,
      ])
  }

  /// Looks for the answer.
  func find(at now: Timestamp) -> BoundStatement {
    IdempotencyStatements.find.bind(identity + [.timestamp(now), .bytea(requestHash), hours])
  }

  /// The answer that was found; nil where the key is free.
  func answer(in rows: Rows) throws -> RawJSON? {
    guard let row = rows.first else { return nil }
    guard try row.bool(0) else {
      throw RPCError.conflict(
        "This idempotency_key was used for another request. Use a new key for each request.")
    }
    guard try row.bool(2) else { throw RPCError.notFound(what: "card") }
    return row.withBytes(1) { RawJSON(checked: Array($0)) }
  }

  /// The members that hold passwords, in whatever method.
  private static let passwords: Set<String> = ["password", "current", "new"]

  /// The same value whatever the order of members, and without passwords: a hash of one that is quick to
  /// compute would be quick to guess at. Two requests that differ in a password alone are the same here.
  private static func sorted(_ json: JSON) -> JSON {
    switch json {
    case .array(let elements): .array(elements.map(sorted))
    case .object(let object):
      .object(
        JSONObject(
          object.members.filter { !Self.passwords.contains($0.name) }.sorted { $0.name < $1.name }
            .map { ($0.name, sorted($0.value)) }))
    default: json
    }
  }
}
