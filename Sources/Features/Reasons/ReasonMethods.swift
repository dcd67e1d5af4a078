internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `reason.*`: the company's lists of why cards end.
enum ReasonMethods {
  static let all = [create, list, update, delete]

  private static let kind = Member<ReasonKind>.choice(
    "kind", "The list: loss, win, or invalid (never a real request).")
  private static let name = CommonMembers.listName("name", "The reason, unique in its list.")
  private static let active = Member<Bool>.boolean("active", "Whether it can be chosen.")
  private static let inactive = Member<Bool>.boolean(
    "inactive", "Whether those that can no longer be chosen come too (false).")

  private static let lossKind = Member<LossKind>.choice(
    "loss_kind",
    "Of a loss: dropped by the seller under the company's rules, refused for a sound reason (the default), or "
      + "vanished.")
  private static let comment = Member<CommentRule>.choice(
    "comment",
    "Whether whoever chooses it writes a comment: required, optional; null leaves it to the company's setting "
      + "for the list.")

  private static let create = Method(
    "reason.create", "Adds a reason to one of the company's lists.",
    takes: [.required(kind), .required(name), .optional(lossKind), .optional(comment)],
    gives: Reason.schema, errors: [.invalid],
    .write(.admin) { call in
      let kind = call.arguments[kind]
      let name = call.arguments[name]
      try checkName(name, kind, call)
      let lossKind = call.arguments[optional: lossKind]
      try requireLoss(lossKind, kind)
      let reason = Reason(
        id: try await call.newID(.reason), kind: kind, name: name, isActive: true,
        lossKind: kind == .loss ? lossKind ?? .refused : nil,
        comment: call.arguments[optional: comment], version: 1)
      return Work(
        [reason.insertion(tenant: call.tenant)], answer: reason.answer, movesVersion: true)
    })

  private static let list = Method(
    "reason.list", "The company's reasons, by list.",
    details: "Whoever closes cards sees all; others the lists of the cards that they see.",
    takes: [.optional(kind), .optional(lossKind), .optional(inactive)] + CommonMembers.page,
    gives: Shapes.page(of: Reason.schema),
    .read(.member) { call in
      let wanted = call.arguments[optional: kind]
      let wantedLoss = call.arguments[optional: lossKind]
      let withInactive = call.arguments[optional: inactive] ?? false
      let known = call.knownReasons
      let reasons = call.company.reasons.filter { reason in
        known.contains(reason.kind) && (wanted == nil || reason.kind == wanted)
          && (wantedLoss == nil || reason.lossKind == wantedLoss)
          && (withInactive || reason.isActive)
      }.sorted { $0.listKey.lexicographicallyPrecedes($1.listKey) }
      return try Page(call).result(of: reasons, by: \.listKey) { $0.write(to: &$1) }
    })

  private static let update = Method(
    "reason.update",
    "Renames a reason, or says whether it can be chosen, which loss it is, and if it takes a comment.",
    details:
      "Cards closed for it keep it and show its new name; they count as the kind of loss that it is.",
    takes: [
      .required(CommonMembers.id), .optional(name), .optional(active), .optional(lossKind),
      .clearable(comment),
    ],
    gives: Reason.schema, errors: [.notFound, .invalid], traits: .versioned,
    .write(.admin) { call in
      let present = try find(call)
      var reason = present
      if let name = call.arguments[optional: name] {
        if name.lowercased() != present.name.lowercased() {
          try checkName(name, present.kind, call)
        }
        reason.name = name
      }
      if let isActive = call.arguments[optional: active] { reason.isActive = isActive }
      if let lossKind = call.arguments[optional: lossKind] {
        try requireLoss(lossKind, present.kind)
        reason.lossKind = lossKind
      }
      reason.comment = call.arguments.change(comment).applied(to: reason.comment)
      return Work.update(present, to: reason, answer: \.answer) { change($0, call) }
    })

  private static let delete = Method(
    "reason.delete", "Deletes a reason; one that cards were closed for is deactivated instead.",
    details: "`deleted` and `deactivated` say what was done, `cards` how many cards have it.",
    takes: [.required(CommonMembers.id)],
    gives: .object(
      [
        "id": .identifier, "deleted": .boolean, "deactivated": .boolean, "cards": .integer,
        "dry_run": .boolean,
      ], required: ["id", "deleted", "deactivated", "cards"]),
    errors: [.notFound], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let present = try find(call)
      let id = Parameter.integer(present.id)
      let rows = try await call.read(ReasonStatements.countCards(call.tenantParameter, id))
      return Work.taking(
        away: present.id, borneBy: try rows[0][0].integer(0), "cards", before: present.answer, call,
        deletion: ReasonStatements.delete(call.tenantParameter, id, .integer(present.version))
      ) {
        var reason = present
        reason.isActive = false
        return change(reason, call)
      }
    })

  private static func find(_ call: TenantCall) throws(RPCError) -> Reason {
    guard let reason = call.company.reason(call.arguments[CommonMembers.id]) else {
      throw .notFound(what: "reason")
    }
    try call.requireVersion(reason.version)
    return reason
  }

  private static func change(_ reason: Reason, _ call: TenantCall) -> Work {
    var after = reason
    after.version += 1
    return Work(
      [
        ReasonStatements.update(
          call.tenantParameter, .integer(reason.id), .integer(reason.version),
          .text(reason.name), .bool(reason.isActive), .string(reason.lossKind?.rawValue),
          .string(reason.comment?.rawValue))
      ], answer: after.answer, movesVersion: true)
  }

  private static func requireLoss(_ lossKind: LossKind?, _ kind: ReasonKind) throws(RPCError) {
    guard lossKind != nil, kind != .loss else { return }
    throw .invalid([
      FieldProblem(path: "loss_kind", problem: "is only for reasons of the list loss")
    ])
  }

  private static func checkName(
    _ name: String, _ kind: ReasonKind, _ call: TenantCall
  ) throws(RPCError) {
    let isTaken = call.company.reasons.contains {
      $0.kind == kind && $0.name.lowercased() == name.lowercased()
    }
    guard isTaken else { return }
    throw .conflict(
      "There is a reason of this kind with this name. Choose another name, or activate that one.")
  }
}
