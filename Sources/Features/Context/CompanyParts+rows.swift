internal import Postgres
internal import SalesRules

extension Plan {
  /// A plan from sixteen columns, the first of which is its code.
  init(_ row: Row, from column: Int) throws {
    let limit = { (offset: Int) throws(PostgresError) -> Int? in
      try row.integerIfPresent(column + offset).map(Int.init)
    }
    self.init(
      code: try row.string(column), name: try row.string(column + 1),
      price: try row.stringIfPresent(column + 2).flatMap { MoneyAmount($0) },
      currency: try row.stringIfPresent(column + 3),
      limits: PlanLimits(
        dealPipelines: try limit(4), stagesPerPipeline: try limit(5), users: try limit(6),
        customFields: try limit(7), robots: try limit(8), requestsPerSecond: try limit(9)),
      features: try row.stringIfPresent(column + 10) == nil
        ? nil : Set(try row.strings(column + 10).compactMap { $0.flatMap(PlanFeature.init) }),
      isActive: try row.string(column + 11) == "active", version: try row.integer(column + 12),
      retention: PlanRetention(
        historyDays: try limit(13), auditDays: try limit(14), idempotencyHours: try limit(15)))
  }
}

extension Pipeline {
  init(_ row: Row, stages: [Int64: [Stage]]) throws {
    let id = try row.integer(0)
    self.init(
      id: id, kind: try row.word(1), name: try row.string(2), position: Int(try row.integer(3)),
      isArchived: try row.bool(4), isFrozen: try row.bool(5),
      rules: PipelineRules(
        noBack: try row.word(6), noSkip: try row.word(7), crossOnlyByWin: try row.word(8),
        lifeLimit: try row.stringIfPresent(14).flatMap { ISO8601Duration($0) }),
      version: try row.integer(9), freezeRank: try row.integerIfPresent(10).map(Int.init),
      responsibleRule: try AssignmentRule(row, from: 11), stages: stages[id] ?? [])
  }
}

extension Stage {
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), pipeline: try row.integer(1), name: try row.string(2),
      kind: try row.word(3), position: Int(try row.integer(4)), style: try row.word(5),
      isKey: try row.bool(6), hint: try row.stringIfPresent(7),
      required: try row.strings(8).compactMap { $0.flatMap { FieldRequirement($0) } },
      dwellLimit: try row.stringIfPresent(9).flatMap { ISO8601Duration($0) },
      reopensHere: try row.bool(10), responsibleRule: try AssignmentRule(row, from: 12),
      transfersTo: try row.integerIfPresent(15), version: try row.integer(11))
  }
}

extension Reason {
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), kind: try row.word(1), name: try row.string(2),
      isActive: try row.bool(3), lossKind: nil,
      comment: try row.stringIfPresent(6).flatMap(CommentRule.init), version: try row.integer(4))
    // A loss of which nothing is said, such as one from an older file, is a refusal.
    guard kind == .loss else { return }
    lossKind = try row.stringIfPresent(5).flatMap(LossKind.init) ?? .refused
  }
}

extension Field {
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), cardKind: try row.word(1), key: try row.string(2),
      name: try row.string(3), type: try row.word(4),
      choices: try row.strings(5).compactMap(\.self), position: Int(try row.integer(6)),
      isSearchable: try row.bool(8), isFilterable: try row.bool(12),
      group: try row.stringIfPresent(9),
      pipelines: row.isNull(10) ? nil : try row.integers(10),
      convertsTo: try row.integerIfPresent(11), version: try row.integer(7))
  }
}

extension Row {
  /// A word of a closed list; the schema's check constraints hold the same list.
  func word<Word: RawRepresentable<String>>(_ column: Int) throws(PostgresError) -> Word {
    guard let word = Word(rawValue: try string(column)) else {
      throw PostgresError(.decoding, message: "column \(column) has a word that is not known")
    }
    return word
  }
}
