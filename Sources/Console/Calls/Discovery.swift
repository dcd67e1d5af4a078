internal import JSON

/// The server's description of itself: its OpenRPC document.
struct Discovery: Sendable {
  let document: JSON

  static func load(_ session: Session) async throws -> Discovery {
    Discovery(document: try await session.call("rpc.discover"))
  }

  var methods: [MethodDescription] {
    (document["methods"]?.array ?? []).map {
      MethodDescription(json: resolved($0), discovery: self)
    }
  }

  func method(named name: String) -> MethodDescription? {
    methods.first { $0.name == name }
  }

  /// What a `$ref` within the document leads to; anything else is itself.
  func resolved(_ json: JSON) -> JSON {
    var json = json
    // A reference that leads in a circle must not hold the console up.
    for _ in 0..<16 {
      guard let path = json["$ref"]?.string, path.hasPrefix("#/") else { return json }
      var target: JSON? = document
      for part in path.dropFirst(2).split(separator: "/") {
        let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
        target = target?[String(name)]
      }
      guard let target else { return json }
      json = target
    }
    return json
  }
}
