/// Some of the methods: by name, or all of a noun as `noun.*`.
struct MethodSubset: Sendable, Hashable {
  /// In their order, each once.
  let names: [String]

  init(_ names: some Sequence<String>) {
    self.names = Set(names).sorted()
  }

  /// Whether a method is among them.
  func contains(_ method: String) -> Bool {
    if names.contains(method) { return true }
    guard let noun = method.split(separator: ".").first else { return false }
    return names.contains("\(noun).*")
  }

  /// Those of the names that stand for no method at all.
  func unknown(among methods: [String]) -> [String] {
    let nouns = Set(methods.compactMap { $0.split(separator: ".").first.map { "\($0).*" } })
    return names.filter { !methods.contains($0) && !nouns.contains($0) }
  }
}
