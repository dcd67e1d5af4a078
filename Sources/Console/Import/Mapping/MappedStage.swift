internal import JSON

/// A stage of the pipeline that an import makes. In a mapping file: its name where it is an open one,
/// else an object with `name` and `kind`.
struct MappedStage: Sendable, Equatable {
  let name: String
  /// `open`, `won` or `lost`.
  let kind: String

  init(_ name: String, kind: String = "open") {
    self.name = name
    self.kind = kind
  }

  init(_ json: JSON) throws {
    if let name = json.string {
      self.init(name)
      return
    }
    guard let object = json.object, let name = object["name"]?.string else {
      throw ConsoleFailure.usage("Mapping: a stage is a name, or an object with name and kind.")
    }
    try MappingCheck.members(of: object, are: ["name", "kind"], place: "stage \(name)")
    let kind = object["kind"]?.string ?? "open"
    guard ["open", "won", "lost"].contains(kind) else {
      throw ConsoleFailure.usage("Mapping: stage \(name) has kind \(kind), not open, won or lost.")
    }
    self.init(name, kind: kind)
  }

  var json: JSON {
    kind == "open" ? .string(name) : ["name": .string(name), "kind": .string(kind)]
  }

  /// As `import.begin` takes it.
  var wire: JSON {
    kind == "open" ? ["name": .string(name)] : ["name": .string(name), "kind": .string(kind)]
  }
}
