internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A token of a company, without its secret.
struct IssuedToken: Sendable {
  let id: Int64
  let kind: TokenKind
  let name: String
  /// Whose rights it has.
  let user: Int64
  /// What it is for; nil for every method.
  let methods: MethodSubset?
  /// From where it is taken; from anywhere where there are none.
  let networks: [SourceNetwork]
  /// Whether it may act as other users.
  let assumes: Bool
  /// The highest role as which a service token acts; nil for personal ones, which are their user's.
  let ceiling: TenantRole?
  let createdBy: Int64
  let createdAt: Timestamp
  /// When it ends; nil for never.
  let expiresAt: Timestamp?
  var lastUsedAt: Timestamp?

  /// Whether it still lets in, and from there.
  func isGood(at now: Timestamp, from origin: ClientOrigin) -> Bool {
    guard expiresAt.map({ now < $0 }) ?? true else { return false }
    return networks.isEmpty || networks.contain(origin)
  }

  /// As lists show it, within an object.
  func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("kind", kind.rawValue)
    writer.member("name", name)
    writer.member("user", user)
    writer.name("methods")
    if let methods {
      writer.array { for name in methods.names { $0.value(name) } }
    } else {
      writer.null()
    }
    writer.member("networks", networks.map(\.text))
    writer.member("assume", assumes)
    writer.member("created_by", createdBy)
    writer.member("created_at", createdAt)
    writer.member("expires_at", expiresAt)
    writer.member("last_used_at", lastUsedAt)
  }
}

extension IssuedToken {
  /// From the columns of `TokenStatements`.
  init(_ row: Row) throws {
    id = try row.integer(0)
    kind = try row.word(1)
    name = try row.string(2)
    user = try row.integer(3)
    methods = row.isNull(4) ? nil : MethodSubset(try row.strings(4).compactMap(\.self))
    networks = try row.strings(5).compactMap { $0.flatMap { SourceNetwork($0) } }
    assumes = try row.bool(6)
    ceiling = row.isNull(7) ? nil : try row.word(7)
    createdBy = try row.integer(8)
    createdAt = try row.timestamp(9)
    expiresAt = try row.timestampIfPresent(10)
    lastUsedAt = try row.timestampIfPresent(11)
    // A network that can't be read must not open the token to everywhere.
    guard try networks.count == row.strings(5).count else {
      throw PostgresError(.decoding, message: "a token's network can't be read")
    }
  }
}
