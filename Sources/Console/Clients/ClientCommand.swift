internal import JSON

/// `voronka contact …` and `voronka company …`: the clients.
public struct ClientCommand: ConsoleCommand {
  /// People, or the companies that they work for.
  public enum Noun: String, Sendable {
    /// A person.
    case contact
    /// A company.
    case company
  }

  /// What to do; clients are given by their ids.
  public enum Action: Sendable {
    /// Those that fit.
    case list(ClientFilter)
    /// One of them.
    case show(Int64)
    /// A new one.
    case create(ClientDraft)
    /// One as it is to be: what is not said stays, and numbers or addresses that are said are all there are.
    case update(Int64, ClientDraft)
    /// One of which there are no cards goes, or only whether it would.
    case delete(Int64, dryRun: Bool)
    /// Which have a number, an address or a name in common, with one of them or all pairs.
    case duplicates(of: Int64?)
    /// Others become one with the first, or only what would come of it.
    case merge(into: Int64, from: [Int64], dryRun: Bool)
    /// A person's data go, or only what would; with the names of companies that bear theirs.
    case erase(Int64, withCompanies: Bool, dryRun: Bool)
  }

  let noun: Noun
  let action: Action

  /// A command on clients.
  public init(_ noun: Noun, _ action: Action) {
    self.noun = noun
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list(let filter): return try await list(filter, session)
      case .show(let id):
        return GenericAnswer.make(
          try await session.call("\(noun).get", ["id": .integer(id)]), of: "\(noun).get")
      case .create(let draft):
        return GenericAnswer.make(
          try await session.call("\(noun).create", .object(draft.parameters)), of: "\(noun).create")
      case .update(let id, let draft):
        return GenericAnswer.make(
          try await session.call("\(noun).update", .object(try parameters(of: id, as: draft))),
          of: "\(noun).update")
      case .delete(let id, let dryRun):
        return try await delete(id, dryRun: dryRun, session, context)
      case .duplicates(let id): return try await duplicates(of: id, session)
      case .merge(let id, let others, let dryRun):
        return try await merge(others, into: id, dryRun: dryRun, session, context)
      case .erase(let id, let withCompanies, let dryRun):
        return try await erase(
          id, withCompanies: withCompanies, dryRun: dryRun, session, context)
      }
    }
    context.present(answer)
  }

  private func list(_ filter: ClientFilter, _ session: Session) async throws -> Answer {
    let (items, next) = try await found(filter, session)
    let joined = { (member: String) in
      Listing.Column(member.uppercased()) { client in
        (client[member]?.array ?? []).map { CellText.plain($0) }.joined(separator: ", ")
      }
    }
    return Listing.answer(
      json: ["items": .array(items), "next": next], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        joined("phones"), joined("emails"),
      ], ifEmpty: "None that you may see.", origin: Origin("\(noun).list", "items"))
  }

  /// All that fit, or as many as are wanted, with where the next page would begin.
  private func found(_ filter: ClientFilter, _ session: Session) async throws -> ([JSON], JSON) {
    guard let limit = filter.limit else {
      return (try await session.items("\(noun).list", filter.parameters), .null)
    }
    var parameters = filter.parameters
    parameters["limit"] = .integer(limit)
    let page = try await session.call("\(noun).list", .object(parameters))
    return (page["items"]?.array ?? [], page["next"] ?? .null)
  }

  private func duplicates(of id: Int64?, _ session: Session) async throws -> Answer {
    var parameters: JSONObject = [:]
    parameters["id"] = id.map { .integer($0) }
    let items = try await session.items("\(noun).duplicates", parameters)
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        Listing.Column("IS LIKE", .right) { CellText.exact($0["duplicate"]?["id"]) },
        Listing.Column("NAME") { CellText.plain($0["duplicate"]?["name"]) },
        Listing.Column("BY") { pair in
          (pair["by"]?.array ?? []).map { CellText.plain($0) }.joined(separator: ", ")
        },
      ], ifEmpty: "No duplicates among what you may see.",
      origin: Origin("\(noun).duplicates", "items"))
  }

  private func parameters(of id: Int64, as draft: ClientDraft) throws -> JSONObject {
    var parameters = draft.parameters
    guard !parameters.members.isEmpty else {
      throw ConsoleFailure.usage("Say what is to change: --name, --phone, --email.")
    }
    parameters["id"] = .integer(id)
    return parameters
  }

  private func delete(
    _ id: Int64, dryRun: Bool, _ session: Session, _ context: ConsoleContext
  ) async throws -> Answer {
    if !dryRun { try context.confirm("Delete \(noun) \(id)?") }
    var parameters: JSONObject = ["id": .integer(id)]
    if dryRun { parameters["dry_run"] = true }
    return GenericAnswer.make(
      try await session.call("\(noun).delete", .object(parameters)), of: "\(noun).delete")
  }

  private func merge(
    _ others: [Int64], into id: Int64, dryRun: Bool, _ session: Session, _ context: ConsoleContext
  ) async throws -> Answer {
    let names = others.map { String($0) }.joined(separator: ", ")
    if !dryRun {
      try context.confirm("Merge \(noun) \(names) into \(id)? They can't be parted again.")
    }
    var parameters: JSONObject = [
      "id": .integer(id), "from": .array(others.map { .integer($0) }),
    ]
    if dryRun { parameters["dry_run"] = true }
    return GenericAnswer.make(
      try await session.call("\(noun).merge", .object(parameters)), of: "\(noun).merge")
  }

  private func erase(
    _ id: Int64, withCompanies: Bool, dryRun: Bool, _ session: Session, _ context: ConsoleContext
  ) async throws -> Answer {
    if !dryRun {
      try context.confirm("Erase the personal data of \(noun) \(id)? They can't be brought back.")
    }
    var parameters: JSONObject = ["id": .integer(id)]
    if withCompanies { parameters["company"] = true }
    if dryRun { parameters["dry_run"] = true }
    return GenericAnswer.make(
      try await session.call("\(noun).erase", .object(parameters)), of: "\(noun).erase")
  }
}
