internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Which cards of a pipeline a board shows.
struct BoardFilter {
  private let asked: [Parameter]
  private let fields: CardFieldFilter?
  private let index: CardFieldIndex

  /// What a request asks for; nil where it is all of them, and they are gone through as they stand.
  init?(_ kind: CardKind, _ call: TenantCall) async throws {
    let arguments = call.arguments
    let responsible = arguments[optional: CardMembers.responsible]
    if let responsible { try await UserSight.require(responsible, call) }
    asked = [
      .integer(responsible), .integer(arguments[optional: CardMembers.contactID]),
      .integer(arguments[optional: CardMembers.company]),
      .string(arguments[optional: CardMembers.source]),
    ]
    fields = try CardFieldFilter(kind, call)
    let isOfAll = ![
      CardMembers.responsible.name, CardMembers.contactID.name, CardMembers.company.name,
    ].contains(where: arguments.has)
    index = try await CardFieldIndex.ofBoard(fields, isOfAll: isOfAll, call)
    let isFiltered = CardMembers.boardFilters.contains { arguments.has($0.name) }
    guard isFiltered || index != .none else { return nil }
  }

  private func parameters(_ tenant: Parameter, _ pipeline: Int64) -> [Parameter] {
    [tenant, .integer(pipeline)] + asked + (fields?.parameters ?? [.null, .null])
  }

  /// Counts and sums of the pipeline's stages, and the newest cards of each.
  func statements(
    tenant: Parameter, pipeline: Int64, stages: Parameter, limit: Parameter
  ) -> [BoundStatement] {
    let usual = parameters(tenant, pipeline)
    return [
      BoardStatements.counts(by: index).bind(usual + index.parameters),
      BoardStatements.cards(by: index).bind(usual + [stages, limit] + index.parameters),
    ]
  }
}
