internal import JSON

/// As much of JSON Schema as is needed to read arguments and to describe shapes.
struct Schema: Sendable {
  let json: JSON
  private let discovery: Discovery

  init(_ json: JSON, discovery: Discovery) {
    self.json = discovery.resolved(json)
    self.discovery = discovery
  }

  /// Whether texts are what it wants, and nothing else but perhaps null.
  var wantsString: Bool {
    let types = self.types
    return types.contains("string") && types.isSubset(of: ["string", "null"])
  }

  var takesNull: Bool { types.contains("null") }

  /// All types that a value may have.
  private var types: Set<String> { types(depth: 0) }

  private func types(depth: Int) -> Set<String> {
    // A description that contains itself must not hold the console up.
    guard depth < 8 else { return [] }
    if let type = json["type"]?.string { return [type] }
    if let types = json["type"]?.array { return Set(types.compactMap(\.string)) }
    if let alternatives {
      return alternatives.reduce(into: []) { $0.formUnion($1.types(depth: depth + 1)) }
    }
    let values = json["enum"]?.array ?? json["const"].map { [$0] } ?? []
    return Set(values.map(Self.typeName))
  }

  private var alternatives: [Schema]? {
    (json["anyOf"] ?? json["oneOf"])?.array?.map { Schema($0, discovery: discovery) }
  }

  private static func typeName(_ json: JSON) -> String {
    switch json {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// A short name of what is wanted: `integer`, `one of open, won`, `list of string`.
  var typeText: String { typeText(depth: 0) }

  private func typeText(depth: Int) -> String {
    guard depth < 8 else { return "…" }
    if let values = json["enum"]?.array {
      return "one of " + values.map { CellText.exact($0) }.joined(separator: ", ")
    }
    if json["type"] == nil, let alternatives {
      return alternatives.map { $0.typeText(depth: depth + 1) }.joined(separator: " or ")
    }
    if let items = json["items"], types.contains("array") {
      let list = "list of " + Schema(items, discovery: discovery).typeText(depth: depth + 1)
      return takesNull ? list + " or null" : list
    }
    let format = json["format"]?.string.map { " (\($0))" } ?? ""
    let names = types.subtracting(["null"]).sorted() + (takesNull ? ["null"] : [])
    return (names.isEmpty ? "any" : names.joined(separator: " or ")) + format
  }

  /// The members of an object, or of all objects that it may be; none for a list.
  var objectMembers: [(name: String, schema: Schema)] { objectMembers(depth: 0) }

  private func objectMembers(depth: Int) -> [(name: String, schema: Schema)] {
    guard depth < 8 else { return [] }
    let own = (json["properties"]?.object?.members ?? []).map { member in
      (name: member.name, schema: Schema(member.value, discovery: discovery))
    }
    return own + (alternatives ?? []).flatMap { $0.objectMembers(depth: depth + 1) }
  }

  /// What a list holds.
  var element: Schema? {
    json["items"].map { Schema($0, discovery: discovery) }
  }

  /// The members of an object, or of the objects in a list.
  var members: [(name: String, isRequired: Bool, text: String, schema: Schema)] {
    if json["properties"] == nil, let items = json["items"] {
      return Schema(items, discovery: discovery).members
    }
    let required = Set((json["required"]?.array ?? []).compactMap(\.string))
    return (json["properties"]?.object?.members ?? []).map { member in
      let schema = Schema(member.value, discovery: discovery)
      let text = member.value["description"]?.string ?? schema.json["description"]?.string ?? ""
      return (member.name, required.contains(member.name), text, schema)
    }
  }
}
