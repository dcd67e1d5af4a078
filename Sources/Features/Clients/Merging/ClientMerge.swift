internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What merging contacts and merging companies have in common.
struct ClientMerge {
  static let from = Member<[Int64]>.array(
    "from", of: .identifier("id", "An id."), count: 1...20,
    "Those that are merged into it, by id; they are gone afterwards.")

  /// A card that is of another client afterwards.
  struct MovedCard {
    let id: Int64
    let version: Int64
    let source: Int64
  }

  let kept: Int64
  let sources: [Int64]
  let noun: String
  private let call: TenantCall

  /// From a request: nothing is merged into itself.
  init(_ noun: String, _ call: TenantCall) throws {
    self.noun = noun
    self.call = call
    kept = call.arguments[CommonMembers.id]
    sources = Set(call.arguments[Self.from]).sorted()
    guard !sources.contains(kept) else {
      throw RPCError.invalidParams([
        FieldProblem(path: "from", problem: "has the one into which they are to be merged")
      ])
    }
  }

  /// All cards of the clients, of which the caller may change each.
  ///
  /// They are looked for in the whole company: a card that the caller does not see would be left without its
  /// client.
  func cards(_ statement: Statement) async throws -> [MovedCard] {
    let rows = try await call.readAsServer(
      statement(call.tenantParameter, .integers(sources)))
    return try movedCards(rows[0])
  }

  /// Kept apart: inlined into what waits, its loop crashes the optimiser of Swift 6.3.
  @inline(never)
  private func movedCards(_ rows: Rows) throws -> [MovedCard] {
    var cards: [MovedCard] = []
    for row in rows {
      let place = try RightsCard(row)
      guard call.standing.holdsEverything || call.standing.holds(.edit, on: place) else {
        throw RPCError.forbidden(needs: Action.edit.rawValue)
      }
      cards.append(
        MovedCard(
          id: try row.integer(4), version: try row.integer(5), source: try row.integer(6)))
    }
    return cards
  }

  /// Whether the caller may change each client: who entered it may, and who may edit one of its cards.
  func requireChange(authors: [(id: Int64, author: Int64?)], _ cards: [MovedCard]) throws(RPCError)
  {
    let standing = call.standing
    guard !standing.holdsEverything else { return }
    for (id, author) in authors where author != standing.user {
      guard cards.contains(where: { $0.source == id }) else {
        throw .forbidden(needs: Action.edit.rawValue)
      }
    }
  }

  /// The numbers and addresses of all; refuses where they are too many.
  func points(
    _ phones: [[String]], _ emails: [[String]]
  ) throws(RPCError) -> (phones: [String], emails: [String]) {
    let joined = ClientPoints.joined(phones, emails)
    guard joined.phones.count <= ClientPoints.most, joined.emails.count <= ClientPoints.most else {
      throw .invalid([
        FieldProblem(
          path: "from",
          problem: "together have more than \(ClientPoints.most) phone numbers or e-mail addresses")
      ])
    }
    return joined
  }

  /// The cards' way to the kept one.
  func moving(_ cards: [MovedCard], _ statement: Statement) -> [BoundStatement] {
    guard !cards.isEmpty else { return [] }
    return [
      statement(
        call.tenantParameter, .integer(kept), .integers(cards.map(\.id)),
        .integers(cards.map(\.version)), .integers(cards.map(\.source)), .timestamp(call.now),
        .integer(call.standing.user))
    ]
  }

  /// What writes down what went where.
  func noting(_ names: [String]) -> BoundStatement {
    ClientMergeStatements.note(
      call.tenantParameter, .integer(kept), .integers(sources), .strings(names),
      .timestamp(call.now), .integer(call.standing.user), .text(noun))
  }

  static func schema(_ noun: String, _ client: Schema) -> Schema {
    .object(
      properties: [
        ("id", .identifier), ("merged", .array(of: .identifier)), ("cards", .integer),
        ("dry_run", .boolean), (noun, client),
      ], required: ["id", "merged", "cards", noun])
  }

  /// The result, with the kept one as it is afterwards.
  func answer(_ cards: Int, _ write: (inout JSONWriter) -> Void) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("id", kept)
        $0.name("merged")
        $0.array { for id in sources { $0.value(id) } }
        $0.member("cards", cards)
        if call.isDryRun { $0.member("dry_run", true) }
        $0.name(noun)
        write(&$0)
      }
    }
  }
}
