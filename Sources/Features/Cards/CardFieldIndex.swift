internal import Postgres

/// How a list or a board comes upon the cards that are asked for.
enum CardFieldIndex: Sendable, Equatable {
  /// It goes through the cards that its other filters leave.
  case none
  /// It looks up the cards of a few keys, and reads those.
  case places([FieldKeyRange])
  /// It goes through the cards of one key, in the order of their ids.
  case key(String)
  /// It goes through the cards of a few people, who are all whose cards the caller may see.
  case people([Int64])

  /// What is cheapest for a list.
  ///
  /// The rarest value is looked up, as long as it has no more than a few thousand places in the company; so a list
  /// sorts no more than these. Where all are common ones, cards that hold them are not far between: among the
  /// cards of a pipeline, a stage or a person, or of the one value. Who sees the cards of a few people alone is given
  /// these people's, newest first: among those of the company, or of a value, they may be hard to come by. The number
  /// of places is read by the server and told to nobody; what is found does not depend on it.
  static func of(_ filter: CardFilter, _ call: TenantCall) async throws -> CardFieldIndex {
    // A client's cards are few.
    guard filter.contact == nil, filter.company == nil else { return .none }
    let rarest = try await rarest(filter.fields, call)
    if let (ranges, count) = rarest, count <= call.services.configuration.rareWordPlaces {
      return .places(ranges)
    }
    guard filter.responsible == nil else { return .none }
    if let people = call.standing.fewPeopleSeen { return .people(people) }
    guard rarest != nil, filter.pipeline == nil, filter.stage == nil,
      let key = filter.fields?.onlyKey
    else { return .none }
    return .key(key)
  }

  /// The same for a board, which counts all cards that it shows: of a common value, it counts those of a pipeline as
  /// fast as it would look them up. Where all whose cards the caller may see have only a few hundred, it goes through
  /// these.
  /// - Parameter isOfAll: whether the board is of nobody's and no client's cards in particular.
  static func ofBoard(
    _ fields: CardFieldFilter?, isOfAll: Bool, _ call: TenantCall
  ) async throws -> CardFieldIndex {
    if isOfAll, let people = call.standing.fewPeopleSeen, try await haveFewCards(people, call) {
      return .people(people)
    }
    guard let (rarest, count) = try await rarest(fields, call),
      count <= call.services.configuration.rareWordPlaces
    else { return .none }
    return .places(rarest)
  }

  private static func haveFewCards(_ people: [Int64], _ call: TenantCall) async throws -> Bool {
    let few = call.services.configuration.fewCards
    let counted = try await call.readAsServer(
      CardListStatements.countOfPeople(
        call.tenantParameter, .integers(people), .integer(few + 1)))
    return try counted[0][0].integer(0) <= few
  }

  /// The condition with the fewest places, counted up to those of a rare one; nil where there are no keys, or not
  /// of all cards yet.
  private static func rarest(
    _ fields: CardFieldFilter?, _ call: TenantCall
  ) async throws -> (ranges: [FieldKeyRange], count: Int64)? {
    guard let all = fields?.keys, !all.isEmpty else { return nil }
    let most = Parameter.integer(call.services.configuration.rareWordPlaces + 1)
    let results = try await call.readAsServer(
      [CardListStatements.isIndexing(call.tenantParameter)]
        + all.map { ranges in
          CardListStatements.countKeys.bind(
            [call.tenantParameter] + ranges.parameters + [most])
        })
    guard try !results[0][0].bool(0) else { return nil }
    var least: (ranges: [FieldKeyRange], count: Int64)?
    for (ranges, rows) in zip(all, results.dropFirst()) {
      let count = try rows[0].integer(0)
      if count < least?.count ?? .max { least = (ranges, count) }
    }
    return least
  }

  /// Whether it goes by people.
  var isOfPeople: Bool {
    if case .people = self { true } else { false }
  }

  /// Behind the filters' own.
  var parameters: [Parameter] {
    switch self {
    case .none: []
    case .places(let ranges): ranges.parameters
    case .key(let key): [.text(key)]
    case .people(let people): [.integers(people)]
    }
  }
}

extension [FieldKeyRange] {
  /// Where the ranges begin, and behind what they end.
  var parameters: [Parameter] {
    [.strings(map(\.lower)), .strings(map(\.upper))]
  }
}

extension CardFieldFilter {
  /// A key that every card has which meets all conditions.
  fileprivate var onlyKey: String? {
    keys.lazy.compactMap { $0.count == 1 ? $0[0].key : nil }.first
  }
}
