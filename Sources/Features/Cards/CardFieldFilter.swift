internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Which values of the company's own fields a list's cards hold: `{"key": value}`, `{"key": {"any": […]}}`,
/// `{"key": {"from": …, "to": …}}`, all of them at once.
///
/// Values are looked at card by card, of those that the list's other filters leave.
struct CardFieldFilter {
  /// The most fields of one list.
  private static let most = 20
  private static let mostValues = 100

  /// One condition a field, for `CardStatements.list`.
  private let conditions: [JSON]

  var parameter: Parameter { .bytes(RawJSON(.array(conditions)).bytes) }

  /// What a request asks for; nil where it asks for nothing.
  init?(_ kind: CardKind, _ call: TenantCall) throws(RPCError) {
    guard let given = call.arguments[optional: CardMembers.fieldFilter], !given.members.isEmpty
    else { return nil }
    guard given.members.count <= Self.most else {
      throw .invalid([FieldProblem(path: "fields", problem: "names more than \(Self.most)")])
    }
    var problems: [FieldProblem] = []
    var conditions: [JSON] = []
    let told = call.company.fields.compactMap { $0.told(to: call.standing, in: call.company) }
    for member in given.members {
      let field = told.first { $0.cardKind == kind && $0.key == member.name }
      switch Self.condition(
        member.name, member.value, field, kind, told, currency: call.company.currency)
      {
      case .success(let condition): conditions.append(condition)
      case .failure(let failure): problems += failure.problems
      }
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    self.conditions = conditions
  }

  private static func condition(
    _ key: String, _ asked: JSON, _ field: Field?, _ kind: CardKind, _ fields: [Field],
    currency: String
  ) -> Result<JSON, FieldProblems> {
    let wrong = { (problem: String) in
      Result<JSON, FieldProblems>.failure(
        FieldProblems([FieldProblem(path: key, problem: problem).within("fields")]))
    }
    let kept = { (value: JSON) in keptForm(value, key, field, kind, fields, currency) }
    let names = Set(asked.object?.members.map(\.name) ?? [])
    if names == ["any"] {
      let values = asked["any"]?.array ?? []
      guard (1...mostValues).contains(values.count) else {
        return wrong("has to name 1 to \(mostValues) values as any")
      }
      return all(values, kept).map { ["key": .string(key), "any": .array($0)] }
    }
    guard !names.isEmpty, names.isSubset(of: ["from", "to"]) else {
      return kept(asked).map { ["key": .string(key), "any": [$0]] }
    }
    guard let type = field?.type.orderedName else {
      return field == nil ? kept(asked) : wrong("has no order: name a value, or any of several")
    }
    let bounds = asked.object?.members ?? []
    return all(bounds.map(\.value), kept).map { values in
      var condition: JSONObject = ["key": .string(key), "type": .string(type)]
      for (bound, value) in zip(bounds, values) {
        condition[bound.name] = value["amount"] ?? .string(value.string ?? value.description)
      }
      return .object(condition)
    }
  }

  /// A value as cards hold it; of several choices, one.
  private static func keptForm(
    _ value: JSON, _ key: String, _ field: Field?, _ kind: CardKind, _ fields: [Field],
    _ currency: String
  ) -> Result<JSON, FieldProblems> {
    let isOneOfMany = field?.type == .multiChoice && value.array == nil
    let object: JSONObject = [key: isOneOfMany ? [value] : value]
    return FieldValues.check(object, kind: kind, fields: fields, currency: currency).flatMap {
      values in
      guard let kept = values.first?.value else {
        return .failure(
          FieldProblems([FieldProblem(path: key, problem: "has to be a value").within("fields")]))
      }
      return .success(isOneOfMany ? kept[0] ?? kept : kept)
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
