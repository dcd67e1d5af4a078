internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

extension Reason {
  static let schema = Schema.object(
    [
      "id": .identifier, "kind": .choice(ReasonKind.allCases.map(\.rawValue)), "name": .string,
      "active": .boolean, "loss_kind": .choice(LossKind.allCases.map(\.rawValue)),
      "comment": Schema.choice(CommentRule.allCases.map(\.rawValue)).nullable,
      "version": .integer,
    ], required: ["id", "kind", "name", "active"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("kind", kind.rawValue)
      $0.member("name", name)
      $0.member("active", isActive)
      if let lossKind { $0.member("loss_kind", lossKind.rawValue) }
      $0.member("comment", comment?.rawValue)
      $0.member("version", version)
    }
  }

  /// The reason alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }

  /// What writes it as a new one.
  func insertion(tenant: Int64) -> BoundStatement { [self].insertion(tenant: tenant) }

  /// The key of its place in lists: by kind, then by id.
  var listKey: [Int64] {
    [Int64(ReasonKind.allCases.firstIndex(of: kind) ?? 0), id]
  }
}

extension [Reason] {
  /// What writes them as new ones.
  func insertion(tenant: Int64) -> BoundStatement {
    ReasonStatements.insert(
      .integer(tenant), .integers(map(\.id)), .strings(map(\.kind.rawValue)), .strings(map(\.name)),
      .strings(map(\.lossKind?.rawValue)), .strings(map(\.comment?.rawValue)))
  }
}

extension LocalizedReason {
  /// A new reason as the template has it.
  func made(id: Int64) -> Reason {
    Reason(
      id: id, kind: kind, name: name, isActive: true, lossKind: lossKind, comment: nil, version: 1)
  }
}
