/// The external ids that the files themselves bring, and which misspelt ones were taken for them.
///
/// A reference that fits one of them but for case, spaces and signs ("GTXPro" for "GTX Pro") is
/// replaced, and counted so that it is reported. References to what is not in these files are left for
/// the server, which may know them from an earlier import.
struct References {
  /// A text that was taken for another.
  struct Substitution: Hashable {
    let kind: ImportKind
    let from: String
    let to: String
  }

  private var exact: [ImportKind: Set<String>] = [:]
  private var byNormalised: [ImportKind: [String: Set<String>]] = [:]
  private(set) var substitutions: [Substitution: Int] = [:]

  mutating func add(_ id: String, _ kind: ImportKind) {
    exact[kind, default: []].insert(id)
    byNormalised[kind, default: [:]][HeaderVocabulary.normalised(id), default: []].insert(id)
  }

  mutating func resolve(_ text: String, _ kind: ImportKind) -> String {
    let known = exact[kind] ?? []
    if known.isEmpty || known.contains(text) { return text }
    let fitting = byNormalised[kind]?[HeaderVocabulary.normalised(text)] ?? []
    guard let only = fitting.first, fitting.count == 1 else { return text }
    substitutions[Substitution(kind: kind, from: text, to: only), default: 0] += 1
    return only
  }
}
