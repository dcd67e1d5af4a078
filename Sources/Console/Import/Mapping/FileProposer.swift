/// Proposes what one file's columns mean.
struct FileProposer {
  private typealias Meaning = HeaderVocabulary.Meaning

  private let file: SourceFile
  private let kind: ImportKind
  private let columns: [HeaderVocabulary.Meaning: String]

  /// Nil where the headings tell of no kind that is known.
  init?(_ file: SourceFile) {
    var columns: [Meaning: String] = [:]
    for heading in file.header {
      guard let meaning = HeaderVocabulary.meaning(of: heading), columns[meaning] == nil else {
        continue
      }
      columns[meaning] = heading
    }
    guard let kind = Self.kind(Set(columns.keys), fileName: file.name) else { return nil }
    self.file = file
    self.kind = kind
    self.columns = columns
  }

  private static func kind(_ has: Set<Meaning>, fileName: String) -> ImportKind? {
    let isDeal =
      !has.isDisjoint(with: [.dealID, .title, .amount]) || has.isSuperset(of: [.id, .stage])
    if has.contains(.stage), has.contains(.eventAt), !has.contains(.amount) { return .stageEvent }
    if has.contains(.stage) || isDeal { return isDeal ? .deal : nil }
    if has.contains(.product), has.contains(.price) { return .product }
    let isOfPeople = !has.isDisjoint(with: [.lead, .office, .email])
    if has.contains(.person) { return .person }
    if has.contains(.company) { return .company }
    if has.contains(.product) { return .product }
    guard has.contains(.name) else { return nil }
    return kind(ofFileNamed: fileName) ?? (isOfPeople ? .person : nil)
  }

  private static func kind(ofFileNamed name: String) -> ImportKind? {
    let name = name.lowercased()
    let hints: [(ImportKind, [String])] = [
      (.company, ["compan", "account", "client", "customer", "компан", "клиент"]),
      (.product, ["product", "товар", "продукт"]),
      (.person, ["people", "person", "user", "team", "employee", "agent", "сотрудник", "команд"]),
    ]
    return hints.first { $0.1.contains { name.contains($0) } }?.0
  }

  func propose() throws -> (mapping: FileMapping, stages: [MappedStage], notes: [String]) {
    var mapping = FileMapping(file: file.name, kind: kind)
    mapping.delimiter = file.delimiter
    var notes: [String] = []
    var stages: [MappedStage] = []
    switch kind {
    case .company: proposeNamed(&mapping, name: .company)
    case .product:
      proposeNamed(&mapping, name: .product)
      put("price", .price, in: &mapping)
    case .person: proposePerson(&mapping)
    case .deal:
      proposeDeal(&mapping)
      stages = try proposeStages(&mapping)
    case .stageEvent:
      if let deal = columns[.dealID] ?? columns[.id] {
        mapping.members["deal"] = MemberRule(.column(deal))
      }
      put("stage", .stage, in: &mapping)
      stages = try proposeStages(&mapping)
      put("at", .eventAt, in: &mapping)
      put("by", columns[.eventBy] == nil ? .person : .eventBy, in: &mapping)
    }
    try proposeFormats(&mapping, notes: &notes)
    if kind == .company { proposeFields(&mapping) }
    if kind == .deal { proposeExportedFields(&mapping) }
    let unused = file.header.filter { !mapping.columns.contains($0) }
    if !unused.isEmpty {
      notes.append("columns not imported: " + unused.joined(separator: ", "))
    }
    return (mapping, stages, notes)
  }

  private func put(_ member: String, _ meaning: Meaning, in mapping: inout FileMapping) {
    if let column = columns[meaning] { mapping.members[member] = MemberRule(.column(column)) }
  }

  /// The name is the external id where the file has no better.
  private func proposeNamed(_ mapping: inout FileMapping, name: Meaning) {
    guard let name = columns[name] ?? columns[.name] else { return }
    mapping.members["name"] = MemberRule(.column(name))
    mapping.members["external_id"] = MemberRule(.column(columns[.id] ?? name))
  }

  private func proposePerson(_ mapping: inout FileMapping) {
    proposeNamed(&mapping, name: .person)
    put("email", .email, in: &mapping)
    let path = [columns[.office], columns[.lead]].compactMap(\.self)
    if !path.isEmpty { mapping.members["team"] = MemberRule(.columns(path)) }
    mapping.lead = columns[.lead]
  }

  private func proposeDeal(_ mapping: inout FileMapping) {
    let title = columns[.title] ?? columns[.name]
    let id = columns[.dealID] ?? columns[.id] ?? title
    if let id { mapping.members["external_id"] = MemberRule(.column(id)) }
    if let title {
      mapping.members["title"] = MemberRule(.column(title))
    } else {
      let parts = [columns[.product], columns[.company]].compactMap(\.self)
      let template = (parts.isEmpty ? [id ?? ""] : parts).map { "{\($0)}" }.joined(separator: ", ")
      mapping.members["title"] = MemberRule(.template(template))
    }
    let plain: [(String, Meaning)] = [
      ("stage", .stage), ("amount", .amount), ("company", .company), ("responsible", .person),
      ("product", .product), ("contact", .contact), ("contact_phone", .phone),
      ("contact_email", .email), ("source", .source), ("created_at", .createdAt),
      ("closed_at", .closedAt), ("reason", .outcomeReason), ("comment", .comment),
      ("last_contact", .lastContact),
    ]
    for (member, meaning) in plain { put(member, meaning, in: &mapping) }
  }

  /// Texts for won and lost become one stage each, whatever their spelling.
  private func proposeStages(_ mapping: inout FileMapping) throws -> [MappedStage] {
    guard let column = columns[.stage] else { return [] }
    let texts = try file.distinct(column, limit: 101)
    guard texts.count <= 100 else {
      throw ConsoleFailure.usage(
        "\(file.name): column \(column) has more than 100 different texts, so these are no stages.")
    }
    var stages: [MappedStage] = []
    for text in texts {
      let kind = StageVocabulary.outcome(text) ?? "open"
      let same = stages.first { kind != "open" && $0.kind == kind }
      let stage = same ?? MappedStage(text, kind: kind)
      if same == nil { stages.append(stage) }
      mapping.stages[text] = StageRule(stage: stage.name, outcome: kind)
    }
    return stages
  }

  /// The format of days that fits the most of a file's texts.
  private func proposeFormats(_ mapping: inout FileMapping, notes: inout [String]) throws {
    for (member, rule) in mapping.members where ImportKind.moments.contains(member) {
      guard case .column(let column) = rule.source else { continue }
      let texts = try file.distinct(column, limit: 1000)
      let counts = DayFormat.allCases.map { format in
        (format, texts.count { format.read($0) != nil })
      }
      let most = counts.map(\.1).max() ?? 0
      let fitting = counts.filter { $0.1 == most }.map(\.0)
      guard most > 0, let format = fitting.first else {
        if !texts.isEmpty { notes.append("column \(column): its texts are no days") }
        continue
      }
      if most < texts.count {
        notes.append("column \(column): \(texts.count - most) texts are no days")
      }
      if fitting.contains(.american), fitting.contains(.british) {
        notes.append("column \(column): day and month could stand the other way round")
      }
      mapping.members[member]?.format = format
      let hasLocalTimes = texts.contains { text in
        guard let rest = format.read(text)?.rest else { return false }
        return !rest.isEmpty && (try? MomentText.wire(text, format: format, zone: nil)) == nil
      }
      if hasLocalTimes {
        mapping.members[member]?.zone = "Z"
        notes.append("column \(column): times without a zone are taken for UTC")
      }
    }
  }

  /// What a file tells of companies beyond their names is kept in custom fields.
  private func proposeFields(_ mapping: inout FileMapping) {
    for heading in file.header where !mapping.columns.contains(heading) {
      let key = Self.key(heading)
      if !key.isEmpty, mapping.fields[key] == nil {
        mapping.fields[key] = MemberRule(.column(heading))
      }
    }
  }

  /// Columns that an export calls by the keys of the company's own fields.
  private func proposeExportedFields(_ mapping: inout FileMapping) {
    for heading in file.header where heading.hasPrefix("fields.") {
      mapping.fields[String(heading.dropFirst("fields.".count))] = MemberRule(.column(heading))
    }
  }

  private static func key(_ heading: String) -> String {
    let words = heading.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.joined(separator: "_")
  }
}
