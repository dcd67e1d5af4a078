internal import JSON

/// Users as people call them.
enum PersonText {
  /// The name behind an id, `#ID` where it is not known, nothing where nobody is meant.
  static func name(_ id: JSON?, people: [Int64: String]) -> String {
    guard let id = id?.int64 else { return "" }
    return people[id] ?? "#\(id)"
  }
}
