internal import JSON

/// Where a member's value comes from.
///
/// In a mapping file: a column's name, or an object with one of `column`, `columns` (a path, for
/// teams), `template` (`"{product}, {account}"`) or `value` (the same for all rows), and optionally
/// `values` (texts and what to take in their place), `format` (of days) and `zone` (of times that name
/// none, such as `+03:00`).
struct MemberRule: Sendable, Equatable {
  enum Source: Sendable, Equatable {
    case column(String)
    case columns([String])
    case template(String)
    case constant(String)
  }

  var source: Source
  var values: [String: String] = [:]
  var format: DayFormat?
  var zone: String?

  init(_ source: Source) {
    self.source = source
  }

  /// All columns that it reads.
  var columns: [String] {
    switch source {
    case .column(let name): [name]
    case .columns(let names): names
    case .template(let text): RowTemplate(text).columns
    case .constant: []
    }
  }

  init(_ json: JSON, place: String) throws {
    if let column = json.string {
      self.init(.column(column))
      return
    }
    guard let object = json.object else {
      throw ConsoleFailure.usage("Mapping: \(place) is neither a column's name nor an object.")
    }
    try MappingCheck.members(
      of: object, are: ["column", "columns", "template", "value", "values", "format", "zone"],
      place: place)
    if let column = object["column"]?.string {
      self.init(.column(column))
    } else if let columns = object["columns"]?.array?.compactMap(\.string), !columns.isEmpty {
      self.init(.columns(columns))
    } else if let template = object["template"]?.string {
      self.init(.template(template))
    } else if let value = object["value"]?.string {
      self.init(.constant(value))
    } else {
      throw ConsoleFailure.usage(
        "Mapping: \(place) needs one of column, columns, template and value.")
    }
    for member in object["values"]?.object?.members ?? [] {
      values[member.name] = CellText.exact(member.value)
    }
    zone = object["zone"]?.string
    if let text = object["format"]?.string {
      guard let known = DayFormat(rawValue: text) else {
        let all = DayFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConsoleFailure.usage("Mapping: \(place) has format \(text); known are \(all).")
      }
      format = known
    }
  }

  var json: JSON {
    var members = JSONObject()
    switch source {
    case .column(let name):
      if values.isEmpty, format == nil, zone == nil { return .string(name) }
      members["column"] = .string(name)
    case .columns(let names): members["columns"] = .array(names.map { .string($0) })
    case .template(let text): members["template"] = .string(text)
    case .constant(let text): members["value"] = .string(text)
    }
    if !values.isEmpty {
      members["values"] = .object(
        JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
    members["format"] = format.map { .string($0.rawValue) }
    members["zone"] = zone.map { .string($0) }
    return .object(members)
  }
}
