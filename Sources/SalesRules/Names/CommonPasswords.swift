/// The passwords that guessers try first.
enum CommonPasswords {
  private static let all = Set(
    list.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Whether the text is one of them, in whatever case.
  static func contains(_ text: String) -> Bool {
    all.contains(text.lowercased())
  }

  /// How many there are.
  static var count: Int { all.count }
}
