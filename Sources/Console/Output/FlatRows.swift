internal import JSON

/// Any result as a heading and rows: a list's items, an array, or one object as one row.
///
/// Members of members get dotted names (`amount.currency`); lists within stay JSON text.
struct FlatRows {
  let rows: [[String]]

  init(_ json: JSON) {
    let items = json["items"]?.array ?? json.array ?? [json]
    var names: [String] = []
    var known = Set<String>()
    var flattened: [[String: String]] = []
    for item in items {
      var cells: [String: String] = [:]
      Self.flatten(item, name: "") { name, cell in
        if known.insert(name).inserted { names.append(name) }
        cells[name] = cell
      }
      flattened.append(cells)
    }
    rows =
      [names.map { $0.isEmpty ? "value" : $0 }]
      + flattened.map { cells in
        names.map { cells[$0] ?? "" }
      }
  }

  private static func flatten(_ json: JSON, name: String, put: (String, String) -> Void) {
    guard let object = json.object, !object.isEmpty else { return put(name, CellText.exact(json)) }
    for member in object.members {
      flatten(
        member.value, name: name.isEmpty ? member.name : "\(name).\(member.name)", put: put)
    }
  }
}
