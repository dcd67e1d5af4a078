/// One thing of several that a search asks for.
public struct SearchTerm: Sendable, Hashable {
  /// What is found has a word that begins with one of these.
  public let prefixes: [String]
  /// Or it is the card of this number.
  public let number: Int64?

  init(_ prefixes: [String], number: Int64? = nil) {
    self.prefixes = prefixes.map(SearchText.cut)
    self.number = number
  }

  /// Either of them.
  public func or(_ other: SearchTerm) -> SearchTerm {
    SearchTerm(
      prefixes + other.prefixes.filter { !prefixes.contains($0) }, number: number ?? other.number)
  }
}
