internal import JSON
internal import JSONRPC
internal import SalesRules

extension Reason {
  static let schema = Schema.object(
    [
      "id": .identifier, "kind": .choice(ReasonKind.allCases.map(\.rawValue)), "name": .string,
      "active": .boolean, "version": .integer,
    ], required: ["id", "kind", "name", "active"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("kind", kind.rawValue)
      $0.member("name", name)
      $0.member("active", isActive)
      $0.member("version", version)
    }
  }

  /// The reason alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }

  /// The key of its place in lists: by kind, then by id.
  var listKey: [Int64] {
    [Int64(ReasonKind.allCases.firstIndex(of: kind) ?? 0), id]
  }
}
