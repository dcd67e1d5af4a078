internal import JSON

/// Params for any method, made from its own description, with the same number wherever it takes one.
struct TrialParams {
  let method: MethodDescription
  /// What stands where a company is named.
  let slug: String

  /// Whether the method takes a number anywhere, at the top.
  var takesNumbers: Bool {
    method.params.contains { $0.schema.json["type"]?.string == "integer" }
  }

  /// The members that it must have, and with `all` every number that it may have besides.
  func make(number: Int64, all: Bool) -> JSON {
    var params = JSONObject()
    for param in method.params where param.name != "limit" {
      let isNumber = param.schema.json["type"]?.string == "integer"
      guard param.isRequired || all && isNumber && param.name != "if_version" else { continue }
      params[param.name] = value(param.schema, name: param.name, number: number, depth: 0)
    }
    if method.params.contains(where: { $0.name == "dry_run" }), !all { params["dry_run"] = true }
    return .object(params)
  }

  private func value(_ schema: Schema, name: String, number: Int64, depth: Int) -> JSON {
    guard depth < 8 else { return .null }
    let json = schema.json
    if let first = json["enum"]?.array?.first ?? json["const"] { return first }
    let type = json["type"]?.string ?? json["type"]?.array?.first?.string
    switch type {
    case "integer":
      let most = json["maximum"]?.int64 ?? .max
      return .integer(min(number, most))
    case "number": return 1
    case "boolean": return false
    case "array":
      guard let items = json["items"] else { return [] }
      return [
        value(method.schema(items), name: name, number: number, depth: depth + 1)
      ]
    case "object":
      var object = JSONObject()
      for member in schema.members where member.isRequired {
        object[member.name] = value(
          member.schema, name: member.name, number: number, depth: depth + 1)
      }
      return .object(object)
    default: return text(name, format: json["format"]?.string)
    }
  }

  private func text(_ name: String, format: String?) -> JSON {
    switch (name, format) {
    case ("tenant", _), ("slug", _): .string(slug)
    case (_, "date"): "2026-01-01"
    case (_, "date-time"): "2026-01-01T00:00:00Z"
    default: "Doctor"
    }
  }
}

extension MethodDescription {
  fileprivate func schema(_ json: JSON) -> Schema { Schema(json, discovery: discovery) }
}
