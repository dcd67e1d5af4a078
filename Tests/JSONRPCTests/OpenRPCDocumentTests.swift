internal import JSON
internal import JSONRPC
internal import Testing

@Suite struct OpenRPCDocumentTests {
  enum Colour: String, CaseIterable { case red, blue }

  private static let document = OpenRPCDocument(
    title: "Voronka", version: "1.0.0",
    methods: [
      MethodDescription(
        name: "deal.update", summary: "Changes a deal.", details: "Absent members stay.",
        parameters: [
          .clearable(Member<Int64>.identifier("contact", "The contact.")),
          .required(Member<Int64>.identifier("id", "The deal.")),
          .optional(Member<Colour>.choice("colour", "A colour.")),
          .required(Member<Int64>.integer("limit", "A limit.").orNull()),
        ],
        result: .ref("Card"), errors: [.notFound, .conflict], tags: ["deal"]),
      MethodDescription(name: "system.ping", summary: "Answers."),
    ],
    components: [
      ("Card", .object(["id": .identifier, "stay": .ref("Stay")], required: ["id"])),
      ("Stay", .array(of: .timestamp.nullable)),
    ])

  @Test func `Required params stand first, in the order of their declaration`() throws {
    let method = try #require(Self.document.json["methods"]?[0])
    let params = try #require(method["params"]?.array)
    #expect(params.map { $0["name"]?.string } == ["id", "limit", "contact", "colour"])
    #expect(params.map { $0["required"]?.bool } == [true, true, false, false])
    #expect(method["paramStructure"] == "by-name")
  }

  @Test func `Each method has name, params and result, and what is empty is left out`() throws {
    let methods = try #require(Self.document.json["methods"]?.array)
    for method in methods {
      #expect(method["name"]?.string != nil && method["params"]?.array != nil)
      #expect(method["result"]?["name"]?.string != nil && method["result"]?["schema"] != nil)
    }
    #expect(methods[1]["errors"] == nil && methods[1]["tags"] == nil)
    #expect(methods[1]["description"] == nil)
    #expect(Self.document.json["openrpc"] == "1.3.2")
    #expect(Self.document.json["info"] == ["title": "Voronka", "version": "1.0.0"])
  }

  @Test func `Every reference leads to something`() {
    var references: [String] = []
    Self.collect(Self.document.json, into: &references)
    #expect(Set(references).count == 4)
    for reference in references {
      let path = reference.split(separator: "/")
      #expect(path.first == "#")
      let target = path.dropFirst().reduce(Self.document.json as JSON?) { $0?[String($1)] }
      #expect(target != nil, "\(reference)")
    }
  }

  @Test func `Every kind of error is described with its number`() throws {
    let errors = try #require(Self.document.json["components"]?["errors"]?.object)
    #expect(errors.count == ErrorKind.allCases.count)
    for kind in ErrorKind.allCases {
      #expect(errors[kind.rawValue]?["code"]?.int64 == Int64(kind.code))
      #expect(errors[kind.rawValue]?["message"]?.string?.isEmpty == false)
    }
  }

  @Test func `What may be null says so, exactly once`() {
    #expect(Schema.integer.nullable.json == ["type": ["integer", "null"]])
    #expect(
      Schema.choice(["a"]).nullable.json
        == ["oneOf": [["type": "string", "enum": ["a"]], ["type": "null"]]])
    #expect(
      Schema.ref("Card").nullable.json
        == ["oneOf": [["$ref": "#/components/schemas/Card"], ["type": "null"]]])
    // Null is one of any values: an alternative for it would match twice.
    #expect(Schema.any.nullable == .any)
  }

  @Test func `A schema says its bounds and nothing that is not bounded`() {
    #expect(Schema.integer(1...5).json == ["type": "integer", "minimum": 1, "maximum": 5])
    #expect(Schema.integer(.min ... .max).json == ["type": "integer"])
    #expect(
      Schema.string(length: 1...200).json == ["type": "string", "minLength": 1, "maxLength": 200])
    #expect(
      Schema.array(of: .string, count: 0...5).json
        == ["type": "array", "items": ["type": "string"], "maxItems": 5])
    let declarations: [MemberDeclaration] = [.required(.identifier("id", "The id."))]
    #expect(
      declarations.schema.json == [
        "type": "object",
        "properties": ["id": ["type": "integer", "minimum": 1, "description": "The id."]],
        "required": ["id"], "additionalProperties": false,
      ])
  }

  private static func collect(_ json: JSON, into references: inout [String]) {
    switch json {
    case .object(let object):
      for member in object.members {
        if member.name == "$ref", let path = member.value.string { references.append(path) }
        collect(member.value, into: &references)
      }
    case .array(let elements): for element in elements { collect(element, into: &references) }
    default: break
    }
  }
}
