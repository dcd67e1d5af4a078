internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `pipeline.*`: what there is, and what it is made of.
enum PipelineMethods {
  static let all = [
    templates, create, list, get, update, reorder, freezeOrder, archive, restore,
    PipelineDeletion.method, PipelineLinting.method,
  ]

  private static let templates = Method(
    "pipeline.templates", "The ready pipelines, with their stages, reasons and fields.",
    takes: [.optional(PipelineMembers.language)] + CommonMembers.page,
    gives: Shapes.page(of: LocalizedPipeline.schema),
    .read(.member) { call in
      let language = call.arguments[optional: PipelineMembers.language] ?? call.company.locale
      let templates = PipelineTemplate.all.enumerated().map {
        (place: Int64($0.offset), template: $0.element.localized(language))
      }
      return try Page(call).result(of: templates, by: { [$0.place] }) {
        $0.template.write(to: &$1)
      }
    })

  private static let create = Method(
    "pipeline.create", "Makes a deal pipeline, from a template or of stages of one's own.",
    details: "Won and lost stages are added where the list has none. With a template come the "
      + "reasons and last-contact statuses that the company's lists do not have yet and, as far as the "
      + "plan has room, its fields, which are this pipeline's alone; `added` names them, and in "
      + "`fields_extended` those that other pipelines had. What it requires is asked for where the "
      + "pipeline has the field. A template's rules can be changed in the same step.",
    takes: [
      .optional(PipelineMembers.kind), .optional(PipelineMembers.name),
      .optional(PipelineMembers.template), .optional(PipelineMembers.language),
      .optional(PipelineMembers.proposals), .optional(PipelineMembers.stages),
    ] + PipelineMembers.rules, gives: Shapes.pipelineReference, errors: [.invalid, .planLimit],
    .write(.admin) { call in try await PipelineCreation(call).work() })

  private static let list = Method(
    "pipeline.list", "The pipelines on which one holds any right, each with those rights.",
    details: "Without the right to view, a pipeline is only its id, kind and name. Admins get "
      + "`version` too, which pipeline.reorder takes as `if_version`.",
    takes: [.optional(PipelineMembers.listKind), .optional(PipelineMembers.archived)]
      + CommonMembers.page, gives: Shapes.pipelines,
    .read(.member) { call in
      let kind = call.arguments[optional: PipelineMembers.listKind]
      let withArchived = call.arguments[optional: PipelineMembers.archived] ?? false
      let pipelines = call.company.pipelines.filter { pipeline in
        call.standing.knows(pipeline: pipeline.id) && (withArchived || !pipeline.isArchived)
          && (kind == nil || pipeline.kind == kind)
      }
      return try Page(call).result(
        of: pipelines, by: \.listKey,
        further: { if call.standing.holdsEverything { $0.member("version", call.company.version) } }
      ) { $0.write(to: &$1, for: call.standing) }
    })

  private static let get = Method(
    "pipeline.get", "One pipeline with its stages.", takes: [.required(CommonMembers.id)],
    gives: Shapes.pipelineReference, errors: [.notFound],
    .read(.member) { call in
      try call.pipelineKnown(call.arguments[CommonMembers.id]).answer(for: call.standing)
    })

  private static let update = Method(
    "pipeline.update", "Changes a pipeline's name and rules. Needs `configure`.",
    takes: [.required(CommonMembers.id), .optional(PipelineMembers.name)] + PipelineMembers.rules,
    gives: Shapes.pipelineReference, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let present = try call.pipelineToConfigure(call.arguments[CommonMembers.id])
      try call.requireVersion(present.version)
      var pipeline = present
      if let name = call.arguments[optional: PipelineMembers.name] { pipeline.name = name }
      pipeline.rules = pipeline.rules.changed(by: call.arguments)
      let rule = call.arguments.change(AssignmentMembers.rule)
      pipeline.responsibleRule = rule.applied(to: pipeline.responsibleRule) ?? .keep
      if pipeline.responsibleRule != present.responsibleRule {
        try await call.requireKnown(pipeline.responsibleRule)
      }
      return Work.update(present, to: pipeline, answer: { $0.answer(for: call.standing) }) {
        pipeline in
        var after = pipeline
        after.version += 1
        let update = PipelineStatements.update.bind(
          [
            call.tenantParameter, .integer(pipeline.id), .integer(present.version),
            .text(pipeline.name), .text(pipeline.rules.noBack.rawValue),
            .text(pipeline.rules.noSkip.rawValue),
            .text(pipeline.rules.crossOnlyByWin.rawValue),
          ] + pipeline.responsibleRule.parameters
            + [.string(pipeline.rules.lifeLimit?.description)])
        return Work([update], answer: after.answer(for: call.standing), movesVersion: true)
      }
    })

  private static let reorder = Method(
    "pipeline.reorder", "Puts the deal pipelines into an order.",
    details: "It is the order of lists, and the one in which they are kept: over the plan's "
      + "limit the last ones freeze first, after those that pipeline.freeze_order names. Pipelines "
      + "freeze and thaw by it at once. `if_version` is the `version` of pipeline.list; it counts "
      + "all changes of the company's people, rights, settings, pipelines and catalogues.",
    takes: [.required(PipelineMembers.order)], gives: Shapes.pipelines, errors: [.invalid],
    traits: .versioned,
    .write(.admin) { call in try PipelineKeeping(call).reorder() })

  private static let freezeOrder = Method(
    "pipeline.freeze_order",
    "Chooses which pipelines freeze first where the plan allows fewer than there are.",
    details: "They freeze and thaw by it at once; where the plan has room for all, it says what a "
      + "smaller plan would freeze. `items` are the deal pipelines in use, the first to freeze in "
      + "front. `if_version` as for pipeline.reorder.",
    takes: [.optional(PipelineMembers.freezeOrder)],
    gives: .object(
      [
        "items": .array(
          of: .object(
            ["id": .identifier, "name": .string, "frozen": .boolean],
            required: ["id", "name", "frozen"])),
        "next": Schema.string.nullable, "version": .integer, "dry_run": .boolean,
      ], required: ["items", "next", "version"]),
    errors: [.invalid], traits: [.versioned, .dryRun],
    .write(.admin) { call in try PipelineKeeping(call).freezeOrder() })

  private static let archive = Method(
    "pipeline.archive", "Puts a deal pipeline away with its cards; it no longer counts.",
    details:
      "Its cards can be read and closed, nothing can be added. Refused (`conflict`, with `stages`) "
      + "while stages transfer into it.",
    takes: [.required(CommonMembers.id)], gives: Shapes.pipelineReference,
    errors: [.notFound, .invalid, .conflict], traits: .versioned,
    .write(.admin) { call in try PipelineKeeping(call).archive() })

  private static let restore = Method(
    "pipeline.restore", "Takes an archived pipeline back, if the plan has room for it.",
    takes: [.required(CommonMembers.id)], gives: Shapes.pipelineReference,
    errors: [.notFound, .planLimit], traits: .versioned,
    .write(.admin) { call in try await PipelineKeeping(call).restore() })
}
