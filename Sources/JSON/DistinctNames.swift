/// Tells whether a name already stands in the object being read.
///
/// Few names are compared one by one; many go into a set, so that an object of a million members
/// costs time in proportion to its size.
struct DistinctNames {
  private static let fewest = 12
  private var seen: Set<ExactText> = []

  /// Whether the name is new among the members read so far; remembers it if so.
  mutating func insert(_ name: String, among members: [JSONObject.Member]) -> Bool {
    guard members.count >= Self.fewest else {
      return !members.contains { $0.name.hasSameBytes(as: name) }
    }
    if seen.isEmpty {
      seen = Set(members.map { ExactText($0.name) })
    }
    return seen.insert(ExactText(name)).inserted
  }
}
