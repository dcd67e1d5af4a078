internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `contact_status.*`: the company's list of what cards tell of the last contact.
enum ContactStatusMethods {
  static let all = [create, list, update, delete]

  private static let name = CommonMembers.listName("name", "The status, unique in the company.")
  private static let meaning = Member<ContactMeaning>.choice(
    "meaning",
    "What it says, whatever it is called; a missed call and a call back take the status of theirs.")
  private static let active = Member<Bool>.boolean("active", "Whether it can be chosen.")
  private static let inactive = Member<Bool>.boolean(
    "inactive", "Whether those that can no longer be chosen come too (false).")

  private static let create = Method(
    "contact_status.create", "Adds a status to the company's list of last-contact statuses.",
    details: "`meaning` is `other` where it is absent.",
    takes: [.required(name), .optional(meaning)], gives: ContactStatus.schema,
    .write(.admin) { call in
      let name = call.arguments[name]
      try checkName(name, call)
      let status = ContactStatus(
        id: try await call.newID(.contactStatus), name: name,
        meaning: call.arguments[optional: meaning] ?? .other, isActive: true, version: 1)
      return Work(
        [[status].insertion(tenant: call.tenant)], answer: status.answer, movesVersion: true)
    })

  private static let list = Method(
    "contact_status.list", "What cards can tell of the last contact, in the order of their ids.",
    details: "Nothing for whoever has nothing to do with any pipeline.",
    takes: [.optional(meaning), .optional(inactive)] + CommonMembers.page,
    gives: Shapes.page(of: ContactStatus.schema),
    .read(.member) { call in
      let wanted = call.arguments[optional: meaning]
      let withInactive = call.arguments[optional: inactive] ?? false
      let statuses = call.knownContactStatuses.filter { status in
        (wanted == nil || status.meaning == wanted) && (withInactive || status.isActive)
      }
      return try Page(call).result(of: statuses, by: { [$0.id] }) { $0.write(to: &$1) }
    })

  private static let update = Method(
    "contact_status.update",
    "Renames a status, or says what it means and whether it can be chosen.",
    details: "Cards that tell of it keep it and show its new name.",
    takes: [
      .required(CommonMembers.id), .optional(name), .optional(meaning), .optional(active),
    ],
    gives: ContactStatus.schema, errors: [.notFound], traits: .versioned,
    .write(.admin) { call in
      let present = try find(call)
      var status = present
      if let name = call.arguments[optional: name] {
        if name.lowercased() != present.name.lowercased() { try checkName(name, call) }
        status.name = name
      }
      if let meaning = call.arguments[optional: meaning] { status.meaning = meaning }
      if let isActive = call.arguments[optional: active] { status.isActive = isActive }
      return Work.update(present, to: status, answer: \.answer) { change($0, call) }
    })

  private static let delete = Method(
    "contact_status.delete",
    "Deletes a status; one of which cards tell is deactivated instead.",
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
      let rows = try await call.read(ContactStatusStatements.countCards(call.tenantParameter, id))
      return Work.taking(
        away: present.id, borneBy: try rows[0][0].integer(0), "cards", before: present.answer, call,
        deletion: ContactStatusStatements.delete(
          call.tenantParameter, id, .integer(present.version))
      ) {
        var status = present
        status.isActive = false
        return change(status, call)
      }
    })

  private static func find(_ call: TenantCall) throws(RPCError) -> ContactStatus {
    guard let status = call.company.contactStatus(call.arguments[CommonMembers.id]) else {
      throw .notFound(what: "contact_status")
    }
    try call.requireVersion(status.version)
    return status
  }

  private static func change(_ status: ContactStatus, _ call: TenantCall) -> Work {
    var after = status
    after.version += 1
    return Work(
      [
        ContactStatusStatements.update(
          call.tenantParameter, .integer(status.id), .integer(status.version),
          .text(status.name), .text(status.meaning.rawValue), .bool(status.isActive))
      ], answer: after.answer, movesVersion: true)
  }

  private static func checkName(_ name: String, _ call: TenantCall) throws(RPCError) {
    let isTaken = call.company.contactStatuses.contains {
      $0.name.lowercased() == name.lowercased()
    }
    guard isTaken else { return }
    throw .conflict(
      "There is a last-contact status with this name. Choose another name, or activate that one.")
  }
}

extension [ContactStatus] {
  /// What adds them to a company's list.
  func insertion(tenant: Int64) -> BoundStatement {
    ContactStatusStatements.insert(
      .integer(tenant), .integers(map(\.id)), .strings(map(\.name)),
      .strings(map(\.meaning.rawValue)))
  }

  /// What a template proposes and a company does not have, numbered; one that was put away included: what the
  /// company has decided stays.
  static func missing(
    of proposed: [LocalizedContactStatus], _ call: TenantCall
  ) async throws -> [ContactStatus] {
    let missing = proposed.filter { proposed in
      !call.company.contactStatuses.contains {
        $0.name.lowercased() == proposed.name.lowercased()
      }
    }
    return numbered(missing, try await call.newIDs(.contactStatus, count: missing.count))
  }

  /// New ones with these numbers.
  static func numbered(_ proposed: [LocalizedContactStatus], _ ids: [Int64]) -> [ContactStatus] {
    zip(proposed, ids).map { status, id in
      ContactStatus(
        id: id, name: status.name, meaning: status.meaning, isActive: true, version: 1)
    }
  }
}
