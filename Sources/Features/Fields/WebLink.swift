/// An address on the web: http or https, with a host, and nothing that a terminal or a page could take
/// for something else.
struct WebLink: Sendable, Hashable {
  /// The address with its scheme in small letters.
  let text: String

  private static let longest = 2000

  /// Reads an address; surrounding spaces are dropped. Nil for any other scheme, `javascript:` above all.
  init?(_ text: String) {
    var rest = text[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    guard rest.utf8.count <= Self.longest, let border = rest.firstIndex(of: ":") else { return nil }
    let scheme = rest[..<border].lowercased()
    let behind = rest[border...]
    guard scheme == "http" || scheme == "https", behind.hasPrefix("://") else { return nil }
    let isClean = behind.unicodeScalars.allSatisfy { scalar in
      !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        && !"<>\"\\^`{|}".unicodeScalars.contains(scalar)
    }
    let host = behind.dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard isClean, host.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    self.text = scheme + behind
  }
}
