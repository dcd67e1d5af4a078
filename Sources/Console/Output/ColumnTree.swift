internal import JSON

/// The columns of flat rows: names within names, in the order in which they were first met.
struct ColumnTree {
  private var names: [String] = []
  private var parts: [String: ColumnTree] = [:]
  /// Whether some row has a value here itself, and not only in its parts.
  private var hasValue = false

  /// Takes in the members that a description names.
  mutating func add(_ schema: Schema, depth: Int = 0) {
    // A description that contains itself has no end.
    guard depth < 8 else { return }
    for member in schema.objectMembers { self[member.name].add(member.schema, depth: depth + 1) }
  }

  /// Takes in the members of a row. What is null or empty has no parts that could be known.
  mutating func add(_ row: JSON) {
    if let object = row.object {
      for member in object.members { self[member.name].add(member.value) }
    } else if !row.isNull {
      hasValue = true
    }
  }

  /// Takes in a column by its name.
  mutating func add(_ name: String) {
    _ = self[name]
  }

  private subscript(name: String) -> ColumnTree {
    get { parts[name] ?? ColumnTree() }
    set {
      if parts[name] == nil { names.append(name) }
      parts[name] = newValue
    }
  }

  /// The columns as paths; a member that has parts has a column of its own only where some row has a
  /// plain value there.
  var columns: [[String]] {
    names.flatMap { name -> [[String]] in
      guard let part = parts[name] else { return [] }
      let below = part.columns.map { [name] + $0 }
      return below.isEmpty || part.hasValue ? [[name]] + below : below
    }
  }
}
