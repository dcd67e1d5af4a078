/// A first name with its Latin form, for addresses.
struct GivenName: Sendable {
  let text: String
  let latin: String
  let isFeminine: Bool

  static func man(_ text: String, _ latin: String) -> GivenName {
    GivenName(text: text, latin: latin, isFeminine: false)
  }

  static func woman(_ text: String, _ latin: String) -> GivenName {
    GivenName(text: text, latin: latin, isFeminine: true)
  }
}
