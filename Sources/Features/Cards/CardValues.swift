internal import JSON
internal import JSONRPC
internal import SalesRules

/// Values of a card as a request gives them, checked.
enum CardValues {
  /// The fields after a request's `fields` are laid over them, which are of one of the pipelines.
  static func fields(
    _ present: JSONObject, kind: CardKind, of pipelines: [Int64], _ call: TenantCall
  ) async throws -> JSONObject {
    let given = call.arguments[optional: CardMembers.fields]
    return try await fields(present, with: given, kind: kind, of: pipelines, call)
  }

  /// The same with what `given` says, which is the request's member `member`, if it is not the request itself.
  static func fields(
    _ present: JSONObject, with given: JSONObject?, in member: String? = nil, kind: CardKind,
    of pipelines: [Int64], _ call: TenantCall
  ) async throws -> JSONObject {
    guard let given else { return present }
    // A field that is only of pipelines that the caller does not know is told from none by nothing.
    let known = call.company.fields.filter { field in
      pipelines.contains(where: field.isOf) || present[field.key] != nil
        || field.told(to: call.standing, in: call.company) != nil
    }
    switch FieldValues.check(
      given, kind: kind, fields: known, pipelines: pipelines, home: call.company.home,
      currency: call.company.currency)
    {
    case .failure(let failure):
      throw RPCError.invalid(
        failure.problems.map { problem in member.map(problem.within) ?? problem })
    case .success(let values):
      try await FieldValues.requirePeople(
        of: values, besides: present, kind: kind, in: call, member)
      var fields = present
      for value in values { fields[value.key] = value.value }
      return fields
    }
  }

  /// A responsible who was named: somebody active of the company who will see the card.
  static func requireSight(
    _ user: Int64, of place: RightsCard, _ call: TenantCall
  ) async throws {
    guard let standing = try await call.standing(of: user) else {
      throw RPCError.notFound(what: "user")
    }
    if standing.isActive, standing.sees(place) { return }
    // Of whom the caller knows nothing, nothing is told either.
    try await UserSight.require(user, call)
    guard standing.isActive else {
      throw RPCError.invalid([
        FieldProblem(path: "responsible", problem: "\(standing.name) is deactivated")
      ])
    }
    throw RPCError.invalid([
      FieldProblem(
        path: "responsible",
        problem: "\(standing.name) could not see the card; give a right on the pipeline first")
    ])
  }
}
