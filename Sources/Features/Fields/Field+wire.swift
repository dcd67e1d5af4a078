internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

extension Field {
  static let schema = Schema.object(
    [
      "id": .identifier, "for": .choice(CardKind.allCases.map(\.rawValue)), "key": .string,
      "name": .string, "type": .choice(FieldType.allCases.map(\.rawValue)),
      "choices": .array(of: .string), "position": .integer, "searchable": .boolean,
      "filterable": .boolean,
      "group": Schema.string.nullable, "pipelines": Schema.array(of: .identifier).nullable,
      "converts_to": Schema.identifier.nullable, "version": .integer,
    ], required: ["id", "for", "key", "name", "type"])

  /// The same with what becomes of cards.
  static let changedSchema = schema.with(["cards": .integer, "dry_run": .boolean])

  func write(
    to writer: inout JSONWriter, further: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.object {
      $0.member("id", id)
      $0.member("for", cardKind.rawValue)
      $0.member("key", key)
      $0.member("name", name)
      $0.member("type", type.rawValue)
      $0.member("choices", choices)
      $0.member("position", position)
      $0.member("searchable", isSearchable)
      $0.member("filterable", isFilterable)
      $0.member("group", group)
      $0.name("pipelines")
      $0.value(pipelines.map { .array($0.map { .integer($0) }) } ?? .null)
      $0.member("converts_to", convertsTo)
      $0.member("version", version)
      further(&$0)
    }
  }

  /// The field with how many cards change with it, where any do.
  func answer(changed cards: Int64, isDryRun: Bool) -> RawJSON {
    RawJSON {
      write(to: &$0) {
        if cards > 0 || isDryRun { $0.member("cards", cards) }
        if isDryRun { $0.member("dry_run", true) }
      }
    }
  }

  /// The field alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }

  /// The key of its place in lists: by kind of card, then by position.
  var listKey: [Int64] {
    [Int64(CardKind.allCases.firstIndex(of: cardKind) ?? 0), Int64(position), id]
  }

  /// What writes it as a new one.
  func insertion(tenant: Int64) -> BoundStatement {
    FieldStatements.insert(
      .integer(tenant), .integer(id), .text(cardKind.rawValue), .text(key), .text(name),
      .text(type.rawValue), .strings(choices), .integer(position),
      .bool(isSearchable), .string(group), pipelines.map { .integers($0) } ?? .null,
      .integer(convertsTo), .bool(isFilterable))
  }

  /// What writes what the field says, over the version it carries.
  func update(tenant: Int64) -> BoundStatement {
    FieldStatements.update(
      .integer(tenant), .integer(id), .integer(version), .text(name), .strings(choices),
      .bool(isSearchable), .string(group), pipelines.map { .integers($0) } ?? .null,
      .integer(convertsTo), .bool(isFilterable))
  }
}

extension FieldType {
  /// Whether its values come from the field's own options.
  var hasChoices: Bool { self == .choice || self == .multiChoice }

  /// Whether cards can be found by its values.
  var isOfWords: Bool {
    switch self {
    case .text, .number, .choice, .multiChoice, .phone, .email, .link: true
    case .money, .date, .datetime, .boolean, .user: false
    }
  }
}

extension Company {
  /// The fields by whose values cards of a kind are found.
  func searchable(_ kind: CardKind) -> [Field] {
    fields.filter { $0.isSearchable && $0.cardKind == kind }
  }

  /// The fields whose values are among the words of cards of a kind.
  func indexed(_ kind: CardKind) -> [Field] {
    fields.filter { ($0.isSearchable || $0.isFilterable) && $0.cardKind == kind }
  }

  /// Where a new field of this kind of card stands.
  func nextFieldPosition(of kind: CardKind) -> Int {
    (fields.filter { $0.cardKind == kind }.map(\.position).max() ?? 0) + 1
  }
}
