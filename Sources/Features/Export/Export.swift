internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// An export of the caller's: who may have what of it, and its statements.
struct Export {
  /// More keys than that are given as one column.
  private static let mostKeys: Int64 = 200

  let order: ExportOrder
  private let call: TenantCall

  init(_ order: ExportOrder, _ call: TenantCall) {
    self.order = order
    self.call = call
  }

  /// Refuses where the caller may take out nothing of the kind, now.
  func requireHeld() throws(RPCError) {
    var pipelines = call.company.pipelines.filter { pipeline in
      (order.kind.cardKind.map { $0 == pipeline.kind } ?? true)
        && call.standing.knows(pipeline: pipeline.id)
    }
    if let wanted = order.pipeline {
      pipelines.removeAll { $0.id != wanted }
      if pipelines.isEmpty { throw .notFound(what: "pipeline") }
    }
    if let stage = order.stage {
      pipelines.removeAll { $0.stage(stage) == nil }
      if pipelines.isEmpty { throw .notFound(what: "stage") }
    }
    guard
      call.standing.holdsEverything
        || pipelines.contains(where: { call.standing.holds(.export, onPipeline: $0.id) })
    else { throw .forbidden(needs: Action.export.rawValue) }
  }

  /// Refuses people and clients of whom the caller knows nothing.
  func requireKnown() async throws {
    if let user = order.responsible { try await UserSight.require(user, call) }
    if let contact = order.contact {
      let rows = try await call.read(
        ContactStatements.get(call.tenantParameter, .integer(contact)))
      if rows[0].isEmpty { throw RPCError.notFound(what: "contact") }
    }
    try await ClientSight.requireCompany(order.company, call)
  }

  /// How many rows it has now, and the same order with its columns fixed.
  func counted() async throws -> (count: Int64, order: ExportOrder) {
    var order = order
    let rows = try await call.export([countStatement.bind(parameters(fetch: countLimit))])[0]
    switch order.kind {
    case .leads, .deals:
      order.keys = call.company.fields.filter { $0.cardKind == order.kind.cardKind }
        .sorted { $0.listKey.lexicographicallyPrecedes($1.listKey) }.map(\.key)
    case .contacts: order.keys = []
    case .companies:
      let keys = try rows[0].strings(1).compactMap(\.self)
      order.keys = keys.count > Self.mostKeys ? nil : keys
    }
    return (try rows[0].integer(0), order)
  }

  /// A page of its rows.
  func rows(_ page: Page) async throws -> Rows {
    try await call.export([
      statement.bind(parameters(fetch: page.fetch, after: try page.afterID()))
    ])[0]
  }

  private var countLimit: Parameter {
    order.kind == .companies ? .integer(Self.mostKeys + 1) : .null
  }

  /// Whoever holds every right takes out clients without cards too.
  private var ofCards: Bool { !(call.standing.holdsEverything && order.isUnfiltered) }

  private var statement: Statement {
    switch order.kind {
    case .leads, .deals: ExportStatements.cards(order)
    case .contacts: ExportStatements.contacts(order, ofCards: ofCards)
    case .companies: ExportStatements.companies(order, ofCards: ofCards)
    }
  }

  private var countStatement: Statement {
    switch order.kind {
    case .leads, .deals: ExportStatements.countCards(order)
    case .contacts: ExportStatements.countContacts(order, ofCards: ofCards)
    case .companies: ExportStatements.countCompanies(order, ofCards: ofCards)
    }
  }

  private func parameters(fetch: Parameter, after: Int64? = nil) -> [Parameter] {
    [
      call.tenantParameter, .string(order.kind.cardKind?.rawValue), fetch, .integer(after),
      .integer(order.pipeline), .integer(order.stage), .string(order.outcome?.rawValue),
      .integer(order.responsible), .integer(order.contact), .integer(order.company),
      .string(order.source), .string(order.from?.description), .string(order.to?.description),
    ]
  }
}
