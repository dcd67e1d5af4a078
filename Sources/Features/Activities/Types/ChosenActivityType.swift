internal import JSON
internal import JSONRPC
internal import Postgres

/// What kind of activity a request names: one that is always there, or one of the company's own.
struct ChosenActivityType: Equatable {
  let kind: Activity.Kind
  /// The company's own, by its number.
  let own: Int64?

  /// From `type` and `own_type` of a request or of a part of it; where both are named they have to agree.
  init(_ arguments: Arguments, within path: String = "", _ call: TenantCall) throws(RPCError) {
    let kind = arguments[optional: ActivityMembers.type]
    guard let id = arguments[optional: ActivityMembers.ownType] else {
      guard let kind else {
        throw .invalidParams([
          FieldProblem(path: path + "type", problem: "or `own_type` is needed")
        ])
      }
      self.init(kind: kind, own: nil)
      return
    }
    try self.init(own: id, kind, within: path, call)
  }

  /// One of the company's own, which is done as `kind` where that is said.
  init(
    own id: Int64, _ kind: Activity.Kind?, within path: String = "", _ call: TenantCall
  ) throws(RPCError) {
    guard let type = call.company.activityType(id) else { throw .notFound(what: "activity_type") }
    guard type.isActive else {
      throw .invalid([
        FieldProblem(
          path: path + "own_type",
          problem: "\"\(type.name)\" can no longer be chosen; see activity_type.list")
      ])
    }
    if let kind, kind != type.base {
      throw .invalid([
        FieldProblem(
          path: path + "type",
          problem: "is \(type.base.rawValue) for \"\(type.name)\"; leave it out")
      ])
    }
    self.init(kind: type.base, own: id)
  }

  private init(kind: Activity.Kind, own: Int64?) {
    self.kind = kind
    self.own = own
  }
}
