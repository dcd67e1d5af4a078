internal import JSON
internal import JSONRPC

/// Members of `audit.*`.
enum AuditMembers {
  static let from = CommonMembers.moment("from", "Only from this moment on.")
  static let to = CommonMembers.moment("to", "Only before this moment.")
  static let user = Member<Int64>.identifier(
    "user", "Only what was done by this user, or as this user.")
  static let method = Member<String>.text("method", "Only calls of this method, such as deal.move.")
  static let noun = Member<String>.text(
    "noun", "Only what concerns this kind of thing, such as deal.")
  /// An id, or the code or slug of what has none.
  static let subject = Member<String>(
    name: "subject", schema: .oneOf([.identifier, .string(length: 1...200)]),
    summary: "Only what concerns this one: its id, with `noun`."
  ) { json in
    if let id = json.int64 { return .success(String(id)) }
    guard let text = json.string, (1...200).contains(text.unicodeScalars.count) else {
      return .failure(FieldProblems("has to be an id, or a code of 1 to 200 characters"))
    }
    return .success(text)
  }
  static let knownSeal = Member<Int64>.integer(
    "known_seal", 1...Int64.max, "The `last_seal` of an earlier verification: its number.")
  static let knownMAC = Member<String>.opaqueText(
    "known_mac", length: 64...64, "The same one's `mac`.")
}
