internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `activity_type.*`: the company's own kinds of activity, besides those that are always there.
enum ActivityTypeMethods {
  static let all = [create, list, update, delete]

  private static let name = CommonMembers.listName("name", "The type, unique in the company.")
  private static let base = Member<Activity.Kind>.choice(
    "base", "What it is done as: call, email, meeting, message or task. It stays.")
  private static let active = Member<Bool>.boolean("active", "Whether it can be chosen.")
  private static let inactive = Member<Bool>.boolean(
    "inactive", "Whether those that can no longer be chosen come too (false).")

  private static let create = Method(
    "activity_type.create", "Adds a kind of activity of the company's own.",
    details:
      "An activity of it has it as `own_type`, and what it is done as in `type`: an outgoing one answers what "
      + "came in, a call can be missed.",
    takes: [.required(name), .required(base)], gives: ActivityType.schema,
    .write(.admin) { call in
      let name = call.arguments[name]
      try checkName(name, call)
      let type = ActivityType(
        id: try await call.newID(.activityType), name: name, base: call.arguments[base],
        isActive: true, version: 1)
      return Work(
        [
          ActivityTypeStatements.insert(
            call.tenantParameter, .integer(type.id), .text(name), .text(type.base.rawValue))
        ], answer: type.answer, movesVersion: true)
    })

  private static let list = Method(
    "activity_type.list", "The company's own kinds of activity, in the order of their ids.",
    details:
      "call, email, meeting, message and task are always there and not among them. Nothing for whoever has "
      + "nothing to do with any pipeline.",
    takes: [.optional(inactive)] + CommonMembers.page,
    gives: Shapes.page(of: ActivityType.schema),
    .read(.member) { call in
      let withInactive = call.arguments[optional: inactive] ?? false
      let isKnown = CardKind.allCases.contains { call.knowsPipelines(of: $0) }
      let types = call.company.activityTypes.filter { isKnown && (withInactive || $0.isActive) }
      return try Page(call).result(of: types, by: { [$0.id] }) { $0.write(to: &$1) }
    })

  private static let update = Method(
    "activity_type.update", "Renames a kind of activity, or says whether it can be chosen.",
    details: "Activities of it keep it and show its new name.",
    takes: [.required(CommonMembers.id), .optional(name), .optional(active)],
    gives: ActivityType.schema, errors: [.notFound], traits: .versioned,
    .write(.admin) { call in
      let present = try find(call)
      var type = present
      if let name = call.arguments[optional: name] {
        if name.lowercased() != present.name.lowercased() { try checkName(name, call) }
        type.name = name
      }
      if let isActive = call.arguments[optional: active] { type.isActive = isActive }
      return Work.update(present, to: type, answer: \.answer) { change($0, call) }
    })

  private static let delete = Method(
    "activity_type.delete",
    "Deletes a kind of activity; one of which there are activities is deactivated instead.",
    details: "`deleted` and `deactivated` say what was done, `activities` how many are of it.",
    takes: [.required(CommonMembers.id)],
    gives: .object(
      [
        "id": .identifier, "deleted": .boolean, "deactivated": .boolean, "activities": .integer,
        "dry_run": .boolean,
      ], required: ["id", "deleted", "deactivated", "activities"]),
    errors: [.notFound], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let present = try find(call)
      let id = Parameter.integer(present.id)
      let rows = try await call.read(
        ActivityTypeStatements.countActivities(call.tenantParameter, id))
      return Work.taking(
        away: present.id, borneBy: try rows[0][0].integer(0), "activities", before: present.answer,
        call,
        deletion: ActivityTypeStatements.delete(
          call.tenantParameter, id, .integer(present.version))
      ) {
        var type = present
        type.isActive = false
        return change(type, call)
      }
    })

  private static func find(_ call: TenantCall) throws(RPCError) -> ActivityType {
    guard let type = call.company.activityType(call.arguments[CommonMembers.id]) else {
      throw .notFound(what: "activity_type")
    }
    try call.requireVersion(type.version)
    return type
  }

  private static func change(_ type: ActivityType, _ call: TenantCall) -> Work {
    var after = type
    after.version += 1
    return Work(
      [
        ActivityTypeStatements.update(
          call.tenantParameter, .integer(type.id), .integer(type.version), .text(type.name),
          .bool(type.isActive))
      ], answer: after.answer, movesVersion: true)
  }

  private static func checkName(_ name: String, _ call: TenantCall) throws(RPCError) {
    let isBuiltIn = Activity.Kind(rawValue: name.lowercased()) != nil
    let isTaken = call.company.activityTypes.contains {
      $0.name.lowercased() == name.lowercased()
    }
    guard isTaken || isBuiltIn else { return }
    throw .conflict(
      "There is a kind of activity with this name. Choose another name, or activate that one.")
  }
}
