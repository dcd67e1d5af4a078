internal import JSON
internal import JSONRPC
internal import SalesRules

/// What a deal takes over of a lead's own fields.
///
/// A lead's field goes where its `converts_to` says; without one, to the deals' field of the same key and type.
/// Only an empty field is filled: of several that go to one, the first in their order that holds a value.
enum FieldMapping {
  // MARK: - Carrying

  /// What a deal takes over.
  struct Carried {
    /// The deal's fields.
    var fields: JSONObject = [:]
    /// Values, by the keys of the lead's fields, that the deal's fields would not take.
    var leftOut: JSONObject = [:]
  }

  /// A deal's fields, made of those of a lead that becomes one in the pipeline. What the deal's field would
  /// refuse, such as an option that it does not have, stays with the lead.
  static func carried(
    _ values: JSONObject, into pipeline: Int64, of company: Company
  ) -> Carried {
    let fields = company.fields
    var carried = Carried()
    let take = { (value: JSON, key: String, target: Field, carried: inout Carried) in
      let (taken, left) = target.taking(value, in: company)
      if let taken { carried.fields[target.key] = taken }
      if let left { carried.leftOut[key] = left }
    }
    for field in fields where field.cardKind == .lead {
      guard let target = field.convertsTo.flatMap(company.field), target.isOf(pipeline: pipeline),
        carried.fields[target.key] == nil, let value = values[field.key],
        let converted = field.value(value, as: target)
      else { continue }
      take(converted, field.key, target, &carried)
    }
    for member in values.members where carried.fields[member.name] == nil {
      let from = fields.first { $0.cardKind == .lead && $0.key == member.name }
      let to = fields.first { $0.cardKind == .deal && $0.key == member.name }
      guard let from, let to, from.convertsTo == nil, from.type == to.type,
        to.isOf(pipeline: pipeline)
      else { continue }
      take(member.value, member.name, to, &carried)
    }
    return carried
  }

  // MARK: - Keeping it right

  /// Notes what is wrong with where the field goes, or with what that does to those that go to it.
  static func check(
    _ field: Field, _ company: Company, _ checks: inout ValueChecks
  ) throws(RPCError) {
    if let id = field.convertsTo {
      guard let target = company.field(id) else { throw .notFound(what: "field") }
      if let problem = problem(of: field, becoming: target) {
        checks.note("converts_to", problem)
      }
    }
    for source in company.fields where source.convertsTo == field.id && field.id != 0 {
      guard let problem = problem(of: source, becoming: field) else { continue }
      checks.note(
        "choices",
        "have to keep those of \(quoted(source)), which becomes this field: it \(problem)")
    }
  }

  /// A field that others become is not taken away under them.
  static func requireNoTarget(_ field: Field, _ company: Company) throws(RPCError) {
    let sources = company.fields.filter { $0.convertsTo == field.id }
    guard !sources.isEmpty else { return }
    throw .conflict(
      "Fields of leads become it: \(sources.map(quoted).joined(separator: ", ")). "
        + "Change their converts_to with field.update first.")
  }

  private static func problem(of field: Field, becoming target: Field) -> String? {
    guard field.cardKind == .lead else { return "is for the fields of leads" }
    guard target.cardKind == .deal else { return "has to be a field of deals" }
    guard field.type.converts(to: target.type) else {
      return
        "leads from the type \(field.type.rawValue) to \(target.type.rawValue), where values would be lost"
    }
    let unknown =
      target.type.hasChoices ? field.choices.filter { !target.choices.contains($0) } : []
    guard !unknown.isEmpty else { return nil }
    return "has options that \(quoted(target)) lacks: \(unknown.prefix(30).joined(separator: ", "))"
  }

  private static func quoted(_ field: Field) -> String { "\"\(field.name)\" (\(field.id))" }
}

extension Company {
  /// The field of that id.
  func field(_ id: Int64) -> Field? { fields.first { $0.id == id } }
}

extension Field {
  /// One of its values as one of the other field's.
  fileprivate func value(_ value: JSON, as other: Field) -> JSON? {
    guard type != other.type else { return value }
    switch (other.type, value) {
    case (.multiChoice, .string): return .array([value])
    case (.text, .string): return value
    case (.text, .number(let number)): return .string(number.text)
    case (.text, .bool(let truth)): return .string(truth ? "true" : "false")
    default: return nil
    }
  }
}

extension Field {
  /// What the field takes of a value, and what it does not: of several options, those that it has.
  fileprivate func taking(_ value: JSON, in company: Company) -> (taken: JSON?, left: JSON?) {
    if type == .multiChoice, let options = value.array {
      let (known, unknown) = (
        options.filter { choices.contains($0.string ?? "") },
        options.filter { !choices.contains($0.string ?? "") }
      )
      return (known.isEmpty ? nil : .array(known), unknown.isEmpty ? nil : .array(unknown))
    }
    let object: JSONObject = [key: value]
    guard
      case .success(let values) = FieldValues.check(
        object, kind: cardKind, fields: [self], home: company.home, currency: company.currency)
    else { return (nil, value) }
    return (values.first?.value, nil)
  }
}
