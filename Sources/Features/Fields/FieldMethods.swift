internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `field.*`: the fields of the company's own.
enum FieldMethods {
  static let all = [create, list, update, FieldOrder.method, delete]

  static let cardKind = Member<CardKind>.choice(
    "for", "The cards that have it: lead, deal.")
  private static let key = Member<String>.opaqueText(
    "key", length: 1...63, "Its name for programs: small letters, digits, underscores.")
  private static let name = Member<String>.text("name", "Its name for people.")
  private static let type = Member<FieldType>.choice("type", "The type of its values.")
  private static let choices = Member<[String]>.array(
    "choices", of: .text("option", "An option."), count: 1...200,
    "The options of a choice or multi_choice, in their order.")
  private static let searchable = Member<Bool>.boolean(
    "searchable",
    "Whether cards are found by its values (false): for text, number, choice, multi_choice, phone, "
      + "email, link.")
  private static let filterable = Member<Bool>.boolean(
    "filterable",
    "Whether lists and boards filter by it through an index (false): for all types; writing a card "
      + "costs a little more.")
  private static let group = Member<String>.text(
    "group", length: 1...100, "The heading under which people find it.")
  private static let pipelines = Member<[Int64]>.array(
    "pipelines", of: .identifier("pipeline", "A pipeline's id."), count: 0...200,
    "The pipelines whose cards are given values; null or absent is all of the kind.")
  private static let convertsTo = Member<Int64>.identifier(
    "converts_to",
    "Of a lead's field: the deal's field that takes over its value when the lead becomes a deal; null is the "
      + "one of the same key and type.")
  private static let deleteValues = Member<Bool>.boolean(
    "delete_values", "Whether the values that cards hold may go too (false).")

  private static let create = Method(
    "field.create", "Adds a field to leads or deals.",
    details: "Its key and type stay for ever. A key of a card's own value (amount, phone, …) "
      + "can't be taken.",
    takes: [
      .required(cardKind), .required(key), .required(name), .required(type), .optional(choices),
      .optional(searchable), .optional(filterable), .optional(group), .optional(pipelines),
      .optional(convertsTo),
    ], gives: Field.schema, errors: [.notFound, .invalid, .planLimit],
    .write(.admin) { call in
      let (arguments, company) = (call.arguments, call.company)
      let kind = arguments[cardKind]
      let draft = Field(
        id: 0, cardKind: kind, key: arguments[key], name: arguments[name],
        type: arguments[type], choices: arguments[optional: choices] ?? [],
        position: company.nextFieldPosition(of: kind),
        isSearchable: arguments[optional: searchable] ?? false,
        isFilterable: arguments[optional: filterable] ?? false, group: arguments[optional: group],
        pipelines: arguments[optional: pipelines].map(sorted),
        convertsTo: arguments[optional: convertsTo], version: 1)
      try FieldPipelines.require(draft.pipelines, of: kind, company)
      var checks = ValueChecks()
      checks.check("key", FieldKey.problem(inCustom: draft.key))
      check(draft, &checks)
      try FieldMapping.check(draft, company, &checks)
      try checks.finish()
      guard !company.fields.contains(where: { $0.cardKind == kind && $0.key == draft.key }) else {
        throw RPCError.conflict("There is a field with this key. Choose another key.")
      }
      try await PlanRoom.require(.customFields, used: company.fields.count, call)
      var field = draft
      field.id = try await call.newID(.field)
      return Work(
        [
          field.insertion(tenant: call.tenant),
          FieldStatements.requireAllowed(
            call.tenantParameter, .integer(company.plan.limits.customFields)),
        ], answer: field.answer, movesVersion: true)
    })

  private static let list = Method(
    "field.list", "The company's own fields, those of leads first.",
    details: "Only of pipelines on which one holds a right.",
    takes: [.optional(cardKind)] + CommonMembers.page, gives: Shapes.page(of: Field.schema),
    .read(.member) { call in
      let kinds = CardKind.allCases.filter(call.knowsPipelines)
      let wanted = call.arguments[optional: cardKind]
      let fields = call.company.fields.filter { field in
        kinds.contains(field.cardKind) && (wanted == nil || field.cardKind == wanted)
      }.compactMap { $0.told(to: call.standing, in: call.company) }.sorted {
        $0.listKey.lexicographicallyPrecedes($1.listKey)
      }
      return try Page(call).result(of: fields, by: \.listKey) { $0.write(to: &$1) }
    })

  private static let update = Method(
    "field.update",
    "Changes a field's name, group, pipelines, options, what it becomes, or how cards are found by it.",
    details:
      "An option that cards hold goes only when `replace` says what takes its place, or gets another name by "
      + "`rename_choices`, in one transaction with the cards, open and closed; without `choices` the others stay "
      + "as they are. `cards` is how many cards change. Cards that are "
      + "there are found by a field that becomes searchable as soon as they are indexed; until then "
      + "lists look at each card for one that becomes filterable. Values that "
      + "cards of other pipelines hold stay; a stage that requires the field keeps its pipeline.",
    takes: [
      .required(CommonMembers.id), .optional(name), .optional(choices), .optional(searchable),
      .optional(filterable), .clearable(group), .clearable(pipelines), .clearable(convertsTo),
      .optional(FieldChoices.rename), .optional(FieldChoices.replace),
    ],
    gives: Field.changedSchema, errors: [.notFound, .invalid, .conflict],
    traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let present = try find(call)
      var field = present
      if let name = call.arguments[optional: name] { field.name = name }
      var checks = ValueChecks()
      let options = FieldChoices(
        of: present, given: call.arguments[optional: choices], call.arguments, &checks)
      field.choices = options.choices
      if let wanted = call.arguments[optional: searchable] { field.isSearchable = wanted }
      if let wanted = call.arguments[optional: filterable] { field.isFilterable = wanted }
      field.group = call.arguments.change(group).applied(to: field.group)
      field.pipelines = call.arguments.change(pipelines).applied(to: field.pipelines).map(sorted)
      field.convertsTo = call.arguments.change(convertsTo).applied(to: field.convertsTo)
      if field.pipelines != present.pipelines {
        try FieldPipelines.require(field.pipelines, of: field.cardKind, call.company)
        try requireUnneeded(field, outside: field.pipelines, call)
      }
      check(field, &checks)
      try FieldMapping.check(field, call.company, &checks)
      try checks.finish()
      let cards = try await options.cards(call)
      if options.emptiesCards, cards > 0 { try requireUnneeded(present, call) }
      let answer = { (field: Field) in field.answer(changed: cards, isDryRun: call.isDryRun) }
      let change = { (field: Field) -> Work in
        var after = field
        after.version += 1
        let isIndexed =
          field.isSearchable == present.isSearchable && field.isFilterable == present.isFilterable
          && !((field.isSearchable || field.isFilterable) && options.changesCards)
        var work = Work(
          [field.update(tenant: call.tenant)] + options.statements(call)
            + (isIndexed ? [] : indexing(call)),
          answer: answer(call.isDryRun ? field : after), movesVersion: true)
        work.cards = cards
        return work
      }
      // Options that change places leave the field as it is, but not the cards.
      guard field == present, options.changesCards, cards > 0 else {
        return Work.update(present, to: field, answer: answer, change)
      }
      var work = change(field)
      work.before = answer(present)
      return work
    })

  private static let delete = Method(
    "field.delete", "Deletes a field; values that cards hold go only with `delete_values`.",
    details:
      "Refused while a stage requires it, a lead's field becomes it, or cards hold values (`cards`) and "
      + "`delete_values` is not said.",
    takes: [.required(CommonMembers.id), .optional(deleteValues)],
    gives: .object(
      ["id": .identifier, "deleted": .boolean, "cards": .integer, "dry_run": .boolean],
      required: ["id", "deleted", "cards"]),
    errors: [.notFound, .conflict], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let field = try find(call)
      try requireUnneeded(field, call)
      try FieldMapping.requireNoTarget(field, call.company)
      let values: [Parameter] = [
        call.tenantParameter, .text(field.cardKind.rawValue), .text(field.key),
      ]
      let rows = try await call.read(FieldStatements.countCards.bind(values))
      let cards = try rows[0][0].integer(0)
      guard cards == 0 || call.arguments[optional: deleteValues] == true else {
        throw RPCError.heldByCards(
          cards, "\(cards) cards hold a value of the field. To lose them, say delete_values.")
      }
      let answer = Deleted.answer(field.id, isDryRun: call.isDryRun) { $0.member("cards", cards) }
      // What a write has added since is lost only if that was said, and never left behind.
      let emptying =
        cards == 0
        ? FieldStatements.requireEmpty.bind(values)
        : FieldStatements.clear.bind(
          values + [.timestamp(call.now), .integer(call.standing.user)])
      var work = Work(
        [
          emptying,
          FieldStatements.delete(
            call.tenantParameter, .integer(field.id), .integer(field.version)),
        ] + ((field.isSearchable || field.isFilterable) && cards > 0 ? indexing(call) : []),
        answer: answer,
        before: field.answer, movesVersion: true)
      work.cards = cards
      return work
    })

  /// Cards get their words anew.
  private static func indexing(_ call: TenantCall) -> [BoundStatement] {
    call.services.search.touch(call.tenant)
    return [SearchBacklog.beginning([.card], tenant: call.tenant)]
  }

  private static func find(_ call: TenantCall) throws(RPCError) -> Field {
    let id = call.arguments[CommonMembers.id]
    guard let field = call.company.fields.first(where: { $0.id == id }) else {
      throw .notFound(what: "field")
    }
    try call.requireVersion(field.version)
    return field
  }

  private static func check(_ field: Field, _ checks: inout ValueChecks) {
    if field.type.hasChoices, field.choices.isEmpty {
      checks.note("choices", "name the options to choose from")
    }
    if field.isSearchable, !field.type.isOfWords {
      checks.note("searchable", "is not for the type \(field.type.rawValue)")
    }
    if !field.type.hasChoices, !field.choices.isEmpty {
      checks.note("choices", "is only for the types choice and multi_choice")
    }
    if Set(field.choices).count != field.choices.count {
      checks.note("choices", "names an option twice")
    }
  }

  private static func sorted(_ pipelines: [Int64]) -> [Int64] { Set(pipelines).sorted() }

  /// A stage that demands a field which nobody can fill in any more would shut the way for good.
  private static func requireUnneeded(
    _ field: Field, outside kept: [Int64]? = [], _ call: TenantCall
  ) throws(RPCError) {
    guard let kept else { return }
    let left = call.company.pipelines.filter { $0.kind == field.cardKind && !kept.contains($0.id) }
    let stages = left.flatMap { pipeline in
      pipeline.stages.filter { stage in
        stage.required.contains { $0.alternatives.contains(field.key) }
      }.map { "\"\($0.name)\" (\($0.id)) of pipeline \(pipeline.id)" }
    }
    guard !stages.isEmpty else { return }
    throw .conflict(
      "The field is required by the stages \(stages.joined(separator: ", ")). "
        + "Take it out of their required fields first.")
  }
}
