public import JSON

/// The shape of a value, as JSON Schema (draft 7) says it.
public struct Schema: Sendable, Equatable {
  /// The schema itself.
  public let json: JSONObject

  /// A schema as it stands.
  public init(_ json: JSONObject) {
    self.json = json
  }

  /// Any value.
  public static let any = Schema([:])
  /// A whole number.
  public static let integer = Schema(["type": "integer"])
  /// Any number.
  public static let number = Schema(["type": "number"])
  /// A text.
  public static let string = Schema(["type": "string"])
  /// `true` or `false`.
  public static let boolean = Schema(["type": "boolean"])
  /// An object of any members.
  public static let anyObject = Schema(["type": "object"])
  /// An id: a whole number from 1.
  public static let identifier = Schema(["type": "integer", "minimum": 1])
  /// A point in time by RFC 3339, with its zone.
  public static let timestamp = Schema.string(format: "date-time")
  /// A calendar date, `YYYY-MM-DD`.
  public static let date = Schema.string(format: "date")

  /// A whole number within bounds.
  public static func integer(_ range: ClosedRange<Int64>) -> Schema {
    var json: JSONObject = ["type": "integer"]
    if range.lowerBound > .min { json["minimum"] = .integer(range.lowerBound) }
    if range.upperBound < .max { json["maximum"] = .integer(range.upperBound) }
    return Schema(json)
  }

  /// A text of a format that JSON Schema names, or one that a person understands.
  public static func string(format: String) -> Schema {
    Schema(["type": "string", "format": .string(format)])
  }

  /// A text of so many characters.
  public static func string(length: ClosedRange<Int>) -> Schema {
    var json: JSONObject = ["type": "string"]
    if length.lowerBound > 0 { json["minLength"] = .integer(length.lowerBound) }
    if length.upperBound < .max { json["maxLength"] = .integer(length.upperBound) }
    return Schema(json)
  }

  /// A text that a regular expression describes.
  public static func string(pattern: String) -> Schema {
    Schema(["type": "string", "pattern": .string(pattern)])
  }

  /// One of some texts.
  public static func choice(_ values: [String]) -> Schema {
    Schema(["type": "string", "enum": .array(values.map { .string($0) })])
  }

  /// Exactly this value.
  public static func constant(_ value: JSON) -> Schema {
    Schema(["const": value])
  }

  /// A list.
  public static func array(of element: Schema, count: ClosedRange<Int>? = nil) -> Schema {
    var json: JSONObject = ["type": "array", "items": .object(element.json)]
    if let count {
      if count.lowerBound > 0 { json["minItems"] = .integer(count.lowerBound) }
      if count.upperBound < .max { json["maxItems"] = .integer(count.upperBound) }
    }
    return Schema(json)
  }

  /// An object with these members, of which the required ones are always there.
  public static func object(
    _ properties: KeyValuePairs<String, Schema>, required: [String] = []
  ) -> Schema {
    object(properties: properties.map { ($0.key, $0.value) }, required: required)
  }

  /// An object with these members. `isClosed`: no others are taken.
  public static func object(
    properties: [(String, Schema)], required: [String], isClosed: Bool = false
  ) -> Schema {
    var json: JSONObject = ["type": "object"]
    json["properties"] = .object(JSONObject(properties.map { ($0, .object($1.json)) }))
    if !required.isEmpty { json["required"] = .array(required.map { .string($0) }) }
    if isClosed { json["additionalProperties"] = false }
    return Schema(json)
  }

  /// The same object with further members, which need not be there.
  public func with(_ properties: KeyValuePairs<String, Schema>) -> Schema {
    var json = json
    var members = json["properties"]?.object ?? [:]
    for (name, schema) in properties { members[name] = .object(schema.json) }
    json["properties"] = .object(members)
    return Schema(json)
  }

  /// An object whose members, of any names, all have one shape.
  public static func dictionary(of value: Schema) -> Schema {
    Schema(["type": "object", "additionalProperties": .object(value.json)])
  }

  /// A shared schema of the document's components, by its name.
  public static func ref(_ name: String) -> Schema {
    Schema(["$ref": .string("#/components/schemas/\(name)")])
  }

  /// Exactly one of some shapes.
  public static func oneOf(_ alternatives: [Schema]) -> Schema {
    Schema(["oneOf": .array(alternatives.map { .object($0.json) })])
  }

  /// The same, or `null`.
  public var nullable: Schema {
    // Any value may be null already, and `oneOf` wants exactly one alternative to fit.
    guard !json.isEmpty else { return self }
    guard case .some(.string(let type)) = json["type"], json["enum"] == nil else {
      return .oneOf([self, Schema(["type": "null"])])
    }
    var json = json
    json["type"] = [.string(type), "null"]
    return Schema(json)
  }

  /// The same with a sentence of description. A reference keeps none: draft 7 ignores what stands
  /// beside `$ref`.
  public func described(_ description: String) -> Schema {
    guard json["$ref"] == nil else { return self }
    var json = json
    json["description"] = .string(description)
    return Schema(json)
  }
}
