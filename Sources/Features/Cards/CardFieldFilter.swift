internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Which values of the company's own fields a list's cards hold: `{"key": value}`, `{"key": {"any": […]}}`,
/// `{"key": {"from": …, "to": …}}`, all of them at once.
///
/// Values of filterable fields are looked up (see ``CardFieldIndex``), others looked at card by card, of those
/// that the list's other filters leave.
struct CardFieldFilter {
  /// The most fields of one list.
  private static let most = 20
  private static let mostValues = 100

  /// What is asked of one field.
  private enum Condition {
    case any([JSON], Field)
    case range([(name: String, value: JSON)], Field, order: String)
  }

  private let conditions: [Condition]

  /// What a request asks for; nil where it asks for nothing.
  init?(_ kind: CardKind, _ call: TenantCall) throws(RPCError) {
    guard let given = call.arguments[optional: CardMembers.fieldFilter], !given.members.isEmpty
    else { return nil }
    guard given.members.count <= Self.most else {
      throw .invalid([FieldProblem(path: "fields", problem: "names more than \(Self.most)")])
    }
    var problems: [FieldProblem] = []
    var conditions: [Condition] = []
    let told = call.company.fields.compactMap { $0.told(to: call.standing, in: call.company) }
    for member in given.members {
      let field = told.first { $0.cardKind == kind && $0.key == member.name }
      switch Self.condition(
        member.name, member.value, field, kind, told, home: call.company.home,
        currency: call.company.currency)
      {
      case .success(let condition): conditions.append(condition)
      case .failure(let failure): problems += failure.problems
      }
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    self.conditions = conditions
  }

  /// For the statements: the values that cards hold each, as an object, or null; and the further conditions, or
  /// null.
  var parameters: [Parameter] {
    var (held, further) = (JSONObject(), [JSON]())
    for condition in conditions {
      switch condition {
      case .any(let values, let field):
        if values.count == 1 {
          held[field.key] = values[0]
        } else {
          further.append(["key": .string(field.key), "any": .array(values)])
        }
      case .range(let bounds, let field, let order):
        var json: JSONObject = ["key": .string(field.key), "type": .string(order)]
        for (name, value) in bounds {
          json[name] = value["amount"] ?? .string(value.string ?? value.description)
        }
        further.append(.object(json))
      }
    }
    return [
      held.isEmpty ? .null : .bytes(RawJSON(.object(held)).bytes),
      further.isEmpty ? .null : .bytes(RawJSON(.array(further)).bytes),
    ]
  }

  /// For each condition on a filterable field, the keys of which a card that meets it has one.
  var keys: [[FieldKeyRange]] {
    conditions.compactMap { condition in
      switch condition {
      case .any(let values, let field):
        guard field.isFilterable else { return nil }
        // Of several choices at once a card has each.
        let ranges = values.compactMap { field.filterKeys(of: $0).first.map { FieldKeyRange($0) } }
        return ranges.count == values.count ? ranges : nil
      case .range(let bounds, let field, _):
        guard field.isFilterable else { return nil }
        let key = { (name: String) in
          bounds.first { $0.name == name }.flatMap { field.filterKeys(of: $0.value).first }
        }
        return [FieldKeyRange(from: key("from"), to: key("to"), of: field)]
      }
    }
  }

  private static func condition(
    _ key: String, _ asked: JSON, _ field: Field?, _ kind: CardKind, _ fields: [Field],
    home: HomeCountry, currency: String
  ) -> Result<Condition, FieldProblems> {
    let wrong = { (problem: String) in
      Result<Condition, FieldProblems>.failure(
        FieldProblems([FieldProblem(path: key, problem: problem).within("fields")]))
    }
    let kept = { (value: JSON) in
      keptForm(value, key, field, kind, fields, home: home, currency: currency)
    }
    guard let field else {
      // Which fields there are is told by their check.
      return kept(asked).flatMap { _ in wrong("is unknown") }
    }
    let names = Set(asked.object?.members.map(\.name) ?? [])
    if names == ["any"] {
      let values = asked["any"]?.array ?? []
      guard (1...mostValues).contains(values.count) else {
        return wrong("has to name 1 to \(mostValues) values as any")
      }
      return all(values, kept).map { .any($0, field) }
    }
    guard !names.isEmpty, names.isSubset(of: ["from", "to"]) else {
      return kept(asked).map { .any([$0], field) }
    }
    guard let order = field.type.orderedName else {
      return wrong("has no order: name a value, or any of several")
    }
    let bounds = asked.object?.members ?? []
    return all(bounds.map(\.value), kept).map { values in
      .range(zip(bounds, values).map { ($0.name, $1) }, field, order: order)
    }
  }

  /// A value as cards hold it; of several choices, one.
  private static func keptForm(
    _ value: JSON, _ key: String, _ field: Field?, _ kind: CardKind, _ fields: [Field],
    home: HomeCountry, currency: String
  ) -> Result<JSON, FieldProblems> {
    let isOneOfMany = field?.type == .multiChoice && value.array == nil
    let object: JSONObject = [key: isOneOfMany ? [value] : value]
    return FieldValues.check(
      object, kind: kind, fields: fields, home: home, currency: currency
    ).flatMap { values in
      guard let kept = values.first?.value else {
        return .failure(
          FieldProblems([FieldProblem(path: key, problem: "has to be a value").within("fields")]))
      }
      return .success(kept)
    }
  }

  private static func all(
    _ values: [JSON], _ kept: (JSON) -> Result<JSON, FieldProblems>
  ) -> Result<[JSON], FieldProblems> {
    var (read, problems) = ([JSON](), [FieldProblem]())
    for value in values {
      switch kept(value) {
      case .success(let value): read.append(value)
      case .failure(let failure): problems += failure.problems
      }
    }
    return problems.isEmpty ? .success(read) : .failure(FieldProblems(problems))
  }
}

extension FieldType {
  /// How the database compares its values, where one is before another.
  fileprivate var orderedName: String? {
    switch self {
    case .number: "number"
    case .money: "money"
    case .date: "date"
    case .datetime: "datetime"
    default: nil
    }
  }
}
