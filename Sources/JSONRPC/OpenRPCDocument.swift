public import JSON

/// The server's description of itself, by OpenRPC 1.3.
public struct OpenRPCDocument: Sendable {
  /// The name of the service.
  public let title: String
  /// The version of the server.
  public let version: String
  /// All methods.
  public let methods: [MethodDescription]
  /// Shapes that methods share, which `Schema.ref` names.
  public let components: [(name: String, schema: Schema)]

  /// A document of these methods.
  public init(
    title: String, version: String, methods: [MethodDescription],
    components: [(name: String, schema: Schema)] = []
  ) {
    self.title = title
    self.version = version
    self.methods = methods
    self.components = components
  }

  /// The document.
  public var rawJSON: RawJSON { RawJSON(json) }

  /// The document.
  public var json: JSON {
    [
      "openrpc": "1.3.2",
      "info": ["title": .string(title), "version": .string(version)],
      "methods": .array(methods.map(Self.method)),
      "components": [
        "schemas": .object(JSONObject(components.map { ($0.name, .object($0.schema.json)) })),
        "errors": .object(JSONObject(ErrorKind.allCases.map { ($0.rawValue, Self.error($0)) })),
      ],
    ]
  }

  private static func method(_ method: MethodDescription) -> JSON {
    var json: JSONObject = [
      "name": .string(method.name), "summary": .string(method.summary),
    ]
    if !method.details.isEmpty { json["description"] = .string(method.details) }
    if !method.tags.isEmpty {
      json["tags"] = .array(method.tags.map { ["name": .string($0)] })
    }
    json["paramStructure"] = "by-name"
    // OpenRPC wants the required ones first.
    let required = method.parameters.filter { $0.presence == .required }
    let others = method.parameters.filter { $0.presence != .required }
    json["params"] = .array((required + others).map(parameter))
    json["result"] = ["name": "result", "schema": .object(method.result.json)]
    if !method.errors.isEmpty {
      json["errors"] = .array(
        method.errors.map { ["$ref": .string("#/components/errors/\($0.rawValue)")] })
    }
    return .object(json)
  }

  private static func parameter(_ declaration: MemberDeclaration) -> JSON {
    [
      "name": .string(declaration.name), "summary": .string(declaration.summary),
      "required": .bool(declaration.presence == .required),
      "schema": .object(declaration.schema.json),
    ]
  }

  private static func error(_ kind: ErrorKind) -> JSON {
    [
      "code": .integer(kind.code), "message": .string(kind.summary),
      "data": ["kind": .string(kind.rawValue)],
    ]
  }
}
