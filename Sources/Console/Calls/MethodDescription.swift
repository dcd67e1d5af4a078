internal import JSON

/// One method in the server's description of itself.
struct MethodDescription: Sendable {
  struct Param: Sendable {
    let name: String
    let isRequired: Bool
    let text: String
    let schema: Schema
  }

  let json: JSON
  let discovery: Discovery

  var name: String { json["name"]?.string ?? "" }
  var summary: String { json["summary"]?.string ?? "" }
  var text: String { json["description"]?.string ?? "" }

  var params: [Param] {
    (json["params"]?.array ?? []).map { param in
      let param = discovery.resolved(param)
      return Param(
        name: param["name"]?.string ?? "", isRequired: param["required"]?.bool ?? false,
        text: param["description"]?.string ?? param["summary"]?.string ?? "",
        schema: Schema(param["schema"] ?? .null, discovery: discovery))
    }
  }

  func schema(ofParam name: String) -> Schema? {
    params.first { $0.name == name }?.schema
  }

  var result: Schema? {
    json["result"].map { discovery.resolved($0) }?["schema"].map {
      Schema($0, discovery: discovery)
    }
  }

  var errors: [JSON] { (json["errors"]?.array ?? []).map(discovery.resolved) }
  var examples: [JSON] { (json["examples"]?.array ?? []).map(discovery.resolved) }
}
