internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `lead.*` and `deal.*`, as far as both have them.
enum CardMethods {
  static let all =
    methods(.lead) + methods(.deal)
    + [convert(), win(), copy(), delete(), CardEntry.method, LineMethods.set]

  private static func methods(_ kind: CardKind) -> [Method] {
    [
      create(kind), get(kind), list(kind), update(kind), assign(kind), move(kind), lose(kind),
      invalidate(kind), reopen(kind), history(kind),
    ]
  }

  private static func create(_ kind: CardKind) -> Method {
    let place: [MemberDeclaration] = kind == .deal ? [.optional(CardMembers.pipeline)] : []
    return Method(
      "\(kind).create", "Adds a \(kind), in the first open stage unless another is named.",
      details: "Without a responsible it is the caller's, if they may view the pipeline. Where the "
        + "caller may not see what they create, only the id comes back. A contact given as an "
        + "object is found again by phone or e-mail.",
      takes: place + [
        .required(CardMembers.title), .optional(CardMembers.stage), .optional(CardMembers.amount),
        .optional(CardMembers.contact), .optional(CardMembers.company),
        .optional(CardMembers.responsible), .optional(CardMembers.source),
        .optional(CardMembers.fields), .optional(CardMembers.lastContact),
      ], gives: Shapes.cardReference, errors: [.notFound, .invalid, .stageRule],
      .write(.member) { call in try await CardCreation(kind, call).work() })
  }

  private static func get(_ kind: CardKind) -> Method {
    Method(
      "\(kind).get",
      "One \(kind) with its clocks\(kind == .deal ? ", and its lines where it has any" : "").",
      takes: [.required(CommonMembers.id)],
      gives: Shapes.cardReference, errors: [.notFound],
      .read(.member) { call in
        let key: [Parameter] = [
          call.tenantParameter, .integer(call.arguments[CommonMembers.id]), .text(kind.rawValue),
        ]
        var found = try await call.read(CardStatements.getWithNext.bind(key))[0].first
        var lines: [DealLine] = []
        if let card = found, try card.bool(CardStatements.hasLines) {
          // Few deals have lines, and looking for them costs as much as the card: it is read anew with them.
          found = try await call.read(LineStatements.getDeal.bind(key))[0].first
          lines = try found.map { try [DealLine]($0, column: CardStatements.hasLines) } ?? []
        }
        guard let row = found else { throw RPCError.notFound(what: kind.rawValue) }
        return try shown(row, lines, call)
      })
  }

  @inline(never)
  private static func shown(_ row: Row, _ lines: [DealLine], _ call: TenantCall) throws -> RawJSON {
    let currency = call.company.currency
    let clocks = try CardClocks(row, pauses: CardStatements.pauses, call)
    let cards = CardRowWriter(call.company)
    return try RawJSON(reservingCapacity: CardRowWriter.usualSize) {
      try cards.write(row, to: &$0, at: call.now) {
        if !lines.isEmpty { lines.write(to: &$0, currency: currency) }
        clocks.write(to: &$0)
      }
    }
  }

  private static func list(_ kind: CardKind) -> Method {
    Method(
      "\(kind).list", "The \(kind)s that one may see, newest first.",
      details:
        "By fields that are not filterable, each of the cards that the other filters leave is looked "
        + "at.",
      takes: [
        .optional(CardMembers.pipeline), .optional(CardMembers.stage),
        .optional(CardMembers.outcome), .optional(CardMembers.responsible),
        .optional(CardMembers.contactID), .optional(CardMembers.company),
        .optional(CardMembers.source), .optional(CardMembers.fieldFilter),
        .optional(CardMembers.paused), .optional(CardMembers.lastContact),
        .optional(CardMembers.order),
        .optional(CardMembers.with), .optional(CardMembers.lossKind),
        .optional(ClosingPeriod.from), .optional(ClosingPeriod.to),
      ] + CommonMembers.page, gives: Shapes.page(of: Shapes.cardReference),
      errors: [.notFound, .invalid],
      .read(.member) { call in
        let page = try Page(call.arguments, of: CardFilter.scope(call))
        var filter = CardFilter()
        filter.pipeline = call.arguments[optional: CardMembers.pipeline]
        filter.stage = call.arguments[optional: CardMembers.stage]
        try requirePlace(filter, kind, call)
        filter.outcome = call.arguments[optional: CardMembers.outcome]
        filter.responsible = call.arguments[optional: CardMembers.responsible]
        if let user = filter.responsible { try await UserSight.require(user, call) }
        filter.contact = call.arguments[optional: CardMembers.contactID]
        filter.company = call.arguments[optional: CardMembers.company]
        filter.source = call.arguments[optional: CardMembers.source]
        filter.fields = try CardFieldFilter(kind, call)
        filter.reasons = call.arguments[optional: CardMembers.lossKind].map { kind in
          call.company.reasons.filter { $0.lossKind == kind }.map(\.id)
        }
        filter.paused = call.arguments[optional: CardMembers.paused].map { ($0, at: call.now) }
        filter.lastContact = call.arguments[optional: CardMembers.lastContact]
        if let status = filter.lastContact,
          !call.knownContactStatuses.contains(where: { $0.id == status })
        {
          throw RPCError.notFound(what: "contact_status")
        }
        if filter.reasons?.isEmpty == true {
          return page.result([Int64](), key: { String($0) }) { $1.value($0) }
        }
        filter.closed = try await ClosingPeriod(call)
        filter.isOldestFirst = call.arguments[optional: CardMembers.order] == .oldest
        filter.after = try page.afterID()
        filter.withNext = call.arguments[optional: CardMembers.with]?.isEmpty == false
        filter.index = try await .of(filter, call)
        let rows = try await call.read(
          filter.statement(tenant: call.tenant, kind: kind, fetch: page.fetch))
        return try listed(rows[0], withNext: filter.withNext, on: page, call)
      })
  }

  @inline(never)
  private static func listed(
    _ rows: Rows, withNext isWithNext: Bool, on page: Page, _ call: TenantCall
  ) throws -> RawJSON {
    let cards = CardRowWriter(call.company)
    let marks = CardMarks(call)
    return try page.result(
      rows, itemSize: CardRowWriter.usualSize, key: { try $0.string(0) }
    ) { row, writer in
      guard isWithNext else {
        return try cards.write(row, to: &writer) {
          try marks.write(row, pauses: CardStatements.width, to: &$0)
        }
      }
      try cards.write(row, to: &writer, at: call.now) {
        try marks.write(row, pauses: CardStatements.width + 3, to: &$0)
      }
    }
  }

  /// Refuses a pipeline that is not there for the caller and a stage of none whose stages they may read:
  /// who only creates in a pipeline is told nothing of its stages.
  private static func requirePlace(
    _ filter: CardFilter, _ kind: CardKind, _ call: TenantCall
  ) throws {
    var pipelines = call.company.pipelines.filter {
      $0.kind == kind && call.standing.knows(pipeline: $0.id)
    }
    if let pipeline = filter.pipeline {
      pipelines.removeAll { $0.id != pipeline }
      if pipelines.isEmpty { throw RPCError.notFound(what: "pipeline") }
    }
    guard let stage = filter.stage else { return }
    let readable = pipelines.filter { pipeline in
      [.view, .configure].contains { call.standing.holds($0, onPipeline: pipeline.id) }
    }
    guard readable.contains(where: { $0.stages.contains { $0.id == stage } }) else {
      throw RPCError.notFound(what: "stage")
    }
  }

  private static func update(_ kind: CardKind) -> Method {
    Method(
      "\(kind).update", "Changes a \(kind)'s values: absent members stay, null clears.",
      takes: [
        .required(CommonMembers.id), .optional(CardMembers.title),
        .clearable(CardMembers.amount), .clearable(CardMembers.contactID),
        .clearable(CardMembers.company), .clearable(CardMembers.source),
        .optional(CardMembers.fields), .clearable(CardMembers.lastContact),
      ], gives: Shapes.cardReference, errors: [.notFound, .invalid], traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: kind, call: call).update() })
  }

  private static func assign(_ kind: CardKind) -> Method {
    Method(
      "\(kind).assign", "Makes somebody responsible, or nobody with null.",
      details:
        "With `to` it goes to a user, or to the one of a team's people whose turn it is: those who are "
        + "active, not absent, and may see the card.",
      takes: [
        .required(CommonMembers.id), .clearable(CardMembers.responsible),
        .optional(AssignmentMembers.to),
      ],
      gives: Shapes.cardReference, errors: [.notFound, .invalid], traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: kind, call: call).assign() })
  }

  private static func move(_ kind: CardKind) -> Method {
    Method(
      "\(kind).move",
      kind == .deal
        ? "Moves a deal to another stage of its pipeline, or into another pipeline."
        : "Moves a lead to another stage of its pipeline.",
      details:
        "Fields may be filled in the same step. Into a closing stage it is closing, with the "
        + "reason and comment that this takes. To the stage where it stands: nothing changes. A deal goes "
        + "to an open stage of another pipeline too, unless its pipeline's rule `cross_only_by_win` is "
        + "enforced: that takes `move` on it and `create` there, and it begins there as a new deal does. A "
        + "lead that is moved to a stage with `transfers_to` becomes a deal there, as by lead.convert, whose "
        + "result this is then; it takes `move` too, and `deal` gives the deal values.",
      takes: [
        .required(CommonMembers.id), .required(CardMembers.stage), .optional(CardMembers.fields),
        .optional(CardMembers.reason), .optional(CardMembers.comment),
        .optional(CardMembers.lastContact),
      ] + (kind == .lead ? [.optional(CardMembers.deal)] : []),
      gives: kind == .lead
        ? .oneOf([Shapes.cardReference, conversion]) : Shapes.cardReference,
      errors: [.notFound, .invalid, .stageRule],
      traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: kind, call: call).move() })
  }

  private static func lose(_ kind: CardKind) -> Method {
    Method(
      "\(kind).lose", "Closes a \(kind) as lost, for a reason of the company's list.",
      takes: closing + [.optional(CardMembers.stage)], gives: Shapes.cardReference,
      errors: [.notFound, .invalid, .stageRule], traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: kind, call: call).lose() })
  }

  private static func invalidate(_ kind: CardKind) -> Method {
    Method(
      "\(kind).invalidate", "Closes what never was a real request: wrong number, duplicate, test.",
      takes: closing, gives: Shapes.cardReference, errors: [.notFound, .invalid, .stageRule],
      traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: kind, call: call).invalidate() })
  }

  private static func reopen(_ kind: CardKind) -> Method {
    Method(
      "\(kind).reopen", "Takes up a lost \(kind) again, while the company's rule allows it.",
      takes: [
        .required(CommonMembers.id), .optional(CardMembers.stage),
        .optional(CardMembers.lastContact),
      ],
      gives: Shapes.cardReference, errors: [.notFound, .invalid, .stageRule], traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: kind, call: call).reopen() })
  }

  private static func history(_ kind: CardKind) -> Method {
    Method(
      "\(kind).history", "What happened to a \(kind): who did what and when, in its order.",
      takes: [.required(CommonMembers.id)] + CommonMembers.page,
      gives: Shapes.page(of: CardHistory.shape), errors: [.notFound],
      .read(.member) { call in try await CardHistory.page(kind, call) })
  }

  private static let closing: [MemberDeclaration] = [
    .required(CommonMembers.id), .optional(CardMembers.reason), .optional(CardMembers.comment),
    .optional(CardMembers.fields), .optional(CardMembers.lastContact),
  ]

  // MARK: - What only one kind has

  private static let conversion = Schema.object(
    ["lead": Shapes.cardReference, "deal": Shapes.cardReference, "warnings": Shapes.warnings],
    required: ["lead", "deal"])

  private static func win() -> Method {
    Method(
      "deal.win", "Closes a deal as won, saying why the client bought.", takes: closing,
      gives: Shapes.cardReference, errors: [.notFound, .invalid, .stageRule], traits: .versioned,
      .write(.member) { call in try await CardSteps(kind: .deal, call: call).win() })
  }

  private static func delete() -> Method {
    Method(
      "deal.delete", "Deletes a deal with its history, notes, activities and invoices.",
      details:
        "One for which payments were made is not deleted (conflict, `payments`): money that came in is "
        + "not erased. `invoices`, `activities` and `notes` count what goes with it.",
      takes: [.required(CommonMembers.id)],
      gives: Deleted.schema.with([
        "invoices": .integer, "activities": .integer, "notes": .integer,
      ]),
      errors: [.notFound, .conflict], traits: [.versioned, .dryRun],
      .write(.member) { call in try await CardSteps(kind: .deal, call: call).delete() })
  }

  private static func convert() -> Method {
    Method(
      "lead.convert",
      "Makes a deal of a lead, carrying its contact, fields, notes and what is planned.",
      details:
        "Needs `close` on the lead and `create` in the pipeline. Where the caller may not see "
        + "the deal, only its id comes back. Fields go where the company's `converts_to` says or to those of "
        + "the same key and type, and fill what the request leaves empty. Once: of a lead that is a deal of the pipeline already, that "
        + "deal is the answer.",
      takes: [
        .required(CommonMembers.id), .required(CardMembers.pipeline),
        .optional(CardMembers.stage), .optional(CardMembers.title),
        .optional(CardMembers.amount), .optional(CardMembers.responsible),
        .optional(CardMembers.fields), .optional(CardMembers.lastContact),
      ],
      gives: conversion, errors: [.notFound, .invalid, .stageRule],
      traits: .versioned,
      .write(.member) { call in try await CardSuccession(.conversion, call).work() })
  }

  private static func copy() -> Method {
    Method(
      "deal.copy",
      "Makes a deal on the base of this one in another pipeline; an open one is won by it.",
      details:
        "Needs `close` on the deal and `create` in the pipeline. An open deal leaves by being won, with "
        + "the reason and comment that this takes; one that has ended stays as it is. Contact, amount, "
        + "lines, fields, notes and what is planned go along, lines only where no other amount is given; "
        + "`fields` are filled in on both. Into its own pipeline an open deal, or one that can still be "
        + "reopened, is not copied; one lost too long ago for that goes on where the pipeline reopens, and "
        + "takes `last_contact`, where the company has such statuses and does not do without. While a copy is "
        + "open in the pipeline there is no second one. Also out of a frozen pipeline. Where the caller may not see "
        + "the new deal, only its id comes back.",
      takes: [
        .required(CommonMembers.id), .required(CardMembers.pipeline),
        .optional(CardMembers.stage), .optional(CardMembers.title),
        .optional(CardMembers.amount), .optional(CardMembers.responsible),
        .optional(CardMembers.reason), .optional(CardMembers.comment),
        .optional(CardMembers.fields), .optional(CardMembers.lastContact),
      ],
      gives: .object(
        ["from": Shapes.cardReference, "deal": Shapes.cardReference, "warnings": Shapes.warnings],
        required: ["from", "deal"]), errors: [.notFound, .invalid, .stageRule],
      traits: .versioned,
      .write(.member) { call in try await CardSuccession(.copy, call).work() })
  }
}
