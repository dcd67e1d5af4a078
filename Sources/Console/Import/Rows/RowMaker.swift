internal import JSON

/// Turns the records of one file into the rows that the server takes.
struct RowMaker {
  private(set) var mapping: FileMapping
  private let indices: [String: Int]
  private let width: Int
  private let referencedColumns: [String: ImportKind]

  /// Checks that the file has the columns that its mapping reads.
  init(_ mapping: FileMapping, header: [String]) throws {
    self.mapping = mapping
    width = header.count
    indices = Dictionary(uniqueKeysWithValues: header.enumerated().map { ($1, $0) })
    var referenced: [String: ImportKind] = [:]
    for (member, rule) in mapping.members {
      if let kind = ImportKind.references[member], case .column(let column) = rule.source {
        referenced[column] = kind
      }
    }
    referencedColumns = referenced
    for column in mapping.columns.sorted() where indices[column] == nil {
      throw ConsoleFailure.usage(
        "\(mapping.file) has no column \"\(column)\"; it has \(header.joined(separator: ", ")).")
    }
  }

  /// The same, with other meanings of stage texts.
  func placing(_ stages: [String: StageRule]) -> RowMaker {
    var maker = self
    maker.mapping.stages = stages
    return maker
  }

  /// Whether a row's stage, as on the wire, is one of closed deals.
  func isClosed(_ row: JSONObject) -> Bool {
    guard let stage = row["stage"]?.string else { return false }
    return mapping.stages.values.contains { $0.stage == stage && $0.outcome != "open" }
  }

  /// The rows of a record: one, or two where it also names the lead of its team; none where it mentions
  /// nothing.
  func rows(
    _ record: CSVRecord, references: inout References
  ) throws(RowProblem) -> [JSONObject] {
    if mapping.isMentioned { return try mention(record, references: &references) }
    guard record.cells.count == width else {
      throw RowProblem("it has \(record.cells.count) cells, the heading has \(width)")
    }
    var row = JSONObject()
    for member in mapping.kind.members {
      guard let rule = mapping.members[member] else { continue }
      let value = try value(member, rule, record, references: &references)
      if let value { row[member] = value }
    }
    // A deal of which nothing is known that a template names is called by its number.
    if mapping.kind == .deal, row["title"] == nil,
      case .template? = mapping.members["title"]?.source
    {
      row["title"] = row["external_id"]
    }
    for required in mapping.kind.requiredMembers where row[required] == nil {
      throw RowProblem("\(required) is empty")
    }
    if mapping.members["stage"] != nil { try placeStage(&row) }
    if mapping.kind == .deal { gatherContact(&row) }
    if let fields = try fields(record) { row["fields"] = fields }
    row["line"] = .integer(record.line)
    return [row] + (lead(record, team: row["team"]).map { [$0] } ?? [])
  }

  /// What a record mentions. One that can't be read is told of where it is read for its own sake.
  private func mention(
    _ record: CSVRecord, references: inout References
  ) throws(RowProblem) -> [JSONObject] {
    guard record.cells.count == width else { return [] }
    var row = JSONObject()
    for member in mapping.kind.members {
      guard let rule = mapping.members[member] else { continue }
      let value = try value(member, rule, record, references: &references)
      if let value { row[member] = value }
    }
    guard row["external_id"] != nil else { return [] }
    row["line"] = .integer(record.line)
    row["if_absent"] = true
    return [row]
  }

  /// A member's value on the wire; nil where the cells are empty.
  private func value(
    _ member: String, _ rule: MemberRule, _ record: CSVRecord, references: inout References
  ) throws(RowProblem) -> JSON? {
    if case .columns(let columns) = rule.source {
      let path = columns.map { cell($0, record) }.filter { !$0.isEmpty }
      return path.isEmpty ? nil : .array(path.map { .string($0) })
    }
    var text = try self.text(rule, record, references: &references)
    if text.isEmpty { return nil }
    if let kind = ImportKind.references[member] { text = references.resolve(text, kind) }
    if ImportKind.moments.contains(member) {
      return .string(try MomentText.wire(text, format: rule.format ?? .iso, zone: rule.zone))
    }
    if ImportKind.sums.contains(member) { return .string(try SumText.wire(text)) }
    if member == "team" { return [.string(text)] }
    return .string(text)
  }

  private func text(
    _ rule: MemberRule, _ record: CSVRecord, references: inout References
  ) throws(RowProblem) -> String {
    let text: String
    switch rule.source {
    case .column(let column): text = cell(column, record)
    case .columns: text = ""
    case .constant(let constant): text = constant
    case .template(let template):
      // A reference within a title is spelt as what it refers to; it is counted where it refers.
      var uncounted = references
      text = try RowTemplate(template).text { column in
        let cell = cell(column, record)
        return referencedColumns[column].map { uncounted.resolve(cell, $0) } ?? cell
      }
    }
    return rule.values[text] ?? text
  }

  /// Stage texts become stages by the mapping; without one they are stages' names.
  private func placeStage(_ row: inout JSONObject) throws(RowProblem) {
    guard let text = row["stage"]?.string, !mapping.stages.isEmpty else { return }
    guard let rule = mapping.stages[text] else {
      throw RowProblem("the mapping does not say what stage \"\(text)\" is")
    }
    row["stage"] = .string(rule.stage)
    if mapping.kind == .deal { row["opened_in"] = rule.openedIn.map { .string($0) } }
  }

  /// What is known of the contact becomes one member, as the server takes it.
  private func gatherContact(_ row: inout JSONObject) {
    var contact = JSONObject()
    contact["name"] = row["contact"] ?? row["company"]
    contact["phone"] = row["contact_phone"]
    contact["email"] = row["contact_email"]
    let isKnown = ["contact", "contact_phone", "contact_email"].contains { row[$0] != nil }
    row["contact_phone"] = nil
    row["contact_email"] = nil
    row["contact"] = isKnown ? .object(contact) : nil
  }

  private func fields(_ record: CSVRecord) throws(RowProblem) -> JSON? {
    var fields = JSONObject()
    var none = References()
    for (key, rule) in mapping.fields.sorted(by: { $0.key < $1.key }) {
      let text = try text(rule, record, references: &none)
      if !text.isEmpty { fields[key] = .string(text) }
    }
    return fields.isEmpty ? nil : .object(fields)
  }

  /// The person who leads the row's team, known by name alone.
  private func lead(_ record: CSVRecord, team: JSON?) -> JSONObject? {
    guard let column = mapping.lead, let team else { return nil }
    let name = cell(column, record)
    guard !name.isEmpty else { return nil }
    return [
      "external_id": .string(name), "name": .string(name), "team": team, "lead": true,
      "line": .integer(record.line),
    ]
  }

  private func cell(_ column: String, _ record: CSVRecord) -> String {
    indices[column].map { FormulaGuard.unguarded(record.cells[$0]).trimmingSpaces() } ?? ""
  }
}
