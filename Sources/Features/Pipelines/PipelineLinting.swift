internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `pipeline.lint`: what S4 finds wrong with a pipeline, by its design and by what its cards did.
struct PipelineLinting {
  private static let language = Member<Language>.choice(
    "language", "The language of reasons and advice; the company's where it is absent.")

  static let method = Method(
    "pipeline.lint", "The faults of a pipeline, in its design and in what its cards did.",
    details: """
      Needs `view`. Each finding has a code, a severity (error, warning or advice), the article's reason, what \
      to change, and what shows it: `stages`, `fields`, and `count` out of `out_of`. `history` tells those that \
      show in what cards did: of the cards created in [from, to) that you may see. A step back is one by the \
      order of the stages when it was made; whether the pipeline narrows is asked of the cards created since \
      it has its present stages in their present order. Fields are those of the pipeline. What the company has \
      besides (qualification, nurturing) is looked at for owners and admins alone.
      """,
    takes: [
      .required(CommonMembers.id), .optional(FunnelMembers.from), .optional(FunnelMembers.to),
      .optional(language),
    ],
    gives: .object(
      [
        "pipeline": .identifier, "cards": .integer, "findings": .array(of: finding),
      ], required: ["pipeline", "cards", "findings"]),
    errors: [.notFound, .invalid],
    .read(.member) { call in try await PipelineLinting(call).answer() })

  private static let finding = Schema.object(
    [
      "code": .choice(LintCode.allCases.map(\.rawValue)),
      "severity": .choice(LintSeverity.allCases.map(\.rawValue)), "source": .string,
      "reason": .string, "change": .string, "history": .boolean, "count": .integer,
      "out_of": .integer, "share": Schema.number.nullable,
      "stages": .array(
        of: .object(
          [
            "stage": .identifier, "name": .string, "count": .integer, "out_of": .integer,
            "share": Schema.number.nullable,
          ], required: ["stage", "name"])),
      "fields": .array(of: .string),
    ],
    required: ["code", "severity", "reason", "change", "history", "count", "out_of", "stages"])

  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func answer() async throws -> RawJSON {
    let pipeline = try call.pipelineKnown(call.arguments[CommonMembers.id])
    guard call.standing.holds(.view, onPipeline: pipeline.id) else {
      throw RPCError.forbidden(needs: Action.view.rawValue)
    }
    let report = FunnelReport(call)
    try report.requireOrder()
    let (counts, _) = try await report.counts(of: pipeline)
    let history = try await history(of: pipeline, counts)
    let lint = PipelineLint(design(of: pipeline), history: history)
    let language = call.arguments[optional: Self.language] ?? call.company.locale
    return RawJSON {
      $0.object {
        $0.member("pipeline", pipeline.id)
        $0.member("cards", history.cards)
        $0.name("findings")
        $0.array {
          for finding in lint.findings { write(finding, of: pipeline, language, to: &$0) }
        }
      }
    }
  }

  private func design(of pipeline: Pipeline) -> LintPipeline {
    LintPipeline(
      kind: pipeline.kind, name: pipeline.name,
      stages: pipeline.stages.map {
        LintStage(
          id: $0.id, name: $0.name, kind: $0.kind, style: $0.style, isKey: $0.isKey,
          hasHint: $0.hint != nil, hasRequired: !$0.required.isEmpty,
          hasDwellLimit: $0.dwellLimit != nil,
          // Of a stage that transfers the card is gone before anybody could be responsible there.
          hasResponsible: $0.transfersTo == nil
            ? $0.responsibleRule != .keep || pipeline.responsibleRule != .keep : nil)
      }, rules: pipeline.rules,
      fieldCount: fields(of: pipeline).count,
      company: company(around: pipeline))
  }

  /// The company's own fields that the pipeline's cards are given values of.
  private func fields(of pipeline: Pipeline) -> [Field] {
    call.company.fields.filter { $0.cardKind == pipeline.kind && $0.isOf(pipeline: pipeline.id) }
  }

  private func company(around pipeline: Pipeline) -> LintCompany? {
    guard call.standing.holdsEverything else { return nil }
    let others = call.company.pipelines.filter {
      $0.id != pipeline.id && $0.kind == .deal && !$0.isArchived
    }
    // By what is set up, not by what has come in: whether anybody has used it yet says nothing of the design.
    let qualifies = call.company.leadPipeline?.stages.contains { $0.kind == .open } ?? false
    return LintCompany(
      names: others.flatMap { other in
        [other.name] + other.stages.filter { $0.kind == .open }.map(\.name)
      }, hasLeads: call.company.takesLeads && qualifies)
  }

  private func history(
    of pipeline: Pipeline, _ counts: FunnelCounts
  ) async throws -> LintHistory {
    let parameters: [Parameter] = [
      call.tenantParameter, .integer(pipeline.id),
      .string(call.arguments[optional: FunnelMembers.from]?.description),
      .string(call.arguments[optional: FunnelMembers.to]?.description),
    ]
    let rows = try await call.report(
      PipelineLintStatements.moves.bind(parameters),
      PipelineLintStatements.filled.bind(parameters))
    // A field that nobody fills in has no row.
    var filled: [String: Int] = [:]
    for field in fields(of: pipeline) { filled[field.key] = 0 }
    for row in rows[1] where filled[try row.string(0)] != nil {
      filled[try row.string(0)] = Int(try row.integer(1))
    }
    return LintHistory(
      cards: counts.createdCards, stages: counts.stageCounts,
      shape: try await shape(of: pipeline) ?? counts.stageCounts,
      moves: try rows[0].map {
        LintHistory.Move(
          from: try $0.integer(0), to: try $0.integer(1), count: Int(try $0.integer(3)),
          isBack: try $0.bool(2))
      }, filled: filled)
  }

  /// The figures of the cards that had the present stages in their present order before them from the first
  /// day on; nil where all had.
  private func shape(of pipeline: Pipeline) async throws -> [FunnelStageCount]? {
    let open = pipeline.stages.filter { $0.kind == .open }.map(\.id)
    let rows = try await call.report(
      PipelineLintStatements.sameSince(
        call.tenantParameter, .integer(pipeline.id), .integers(open)))
    guard let since = try rows[0].first?.timestampIfPresent(0) else { return nil }
    return try await FunnelReport(call).counts(of: pipeline, createdSince: since).0.stageCounts
  }

  private func write(
    _ finding: LintFinding, of pipeline: Pipeline, _ language: Language,
    to writer: inout JSONWriter
  ) {
    writer.object {
      $0.member("code", finding.code.rawValue)
      $0.member("severity", finding.severity.rawValue)
      $0.member("source", finding.code.source)
      $0.member("reason", finding.code.reason[language])
      $0.member("change", finding.code.change[language])
      $0.member("history", finding.code.isOfHistory)
      $0.member("count", finding.count)
      $0.member("out_of", finding.outOf)
      $0.name("share")
      $0.value(Self.share(finding.count, of: finding.outOf))
      $0.name("stages")
      $0.array {
        for evidence in finding.stages {
          $0.object {
            $0.member("stage", evidence.stage)
            $0.member("name", pipeline.stage(evidence.stage)?.name ?? "")
            if let count = evidence.count, let outOf = evidence.outOf {
              $0.member("count", count)
              $0.member("out_of", outOf)
              $0.name("share")
              $0.value(Self.share(count, of: outOf))
            }
          }
        }
      }
      $0.member("fields", finding.fields)
    }
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}
