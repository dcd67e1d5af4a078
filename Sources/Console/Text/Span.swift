/// Lengths of time as people read them.
enum Span {
  /// Seconds in their two largest fitting units: `12d 4h`, `3h 5m`, `40s`.
  static func short(seconds: Double) -> String {
    let whole = Int64(max(0, min(seconds, 1e15)).rounded())
    let units: [(Int64, String)] = [(86400, "d"), (3600, "h"), (60, "m"), (1, "s")]
    guard let first = units.firstIndex(where: { whole >= $0.0 }) else { return "0s" }
    let (size, name) = units[first]
    let head = "\(whole / size)\(name)"
    guard first + 1 < units.count else { return head }
    let (nextSize, nextName) = units[first + 1]
    let rest = whole % size / nextSize
    return rest == 0 ? head : "\(head) \(rest)\(nextName)"
  }
}
