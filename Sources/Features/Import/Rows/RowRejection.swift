/// Why a row is not taken, as a person reads it in the list of rejected rows.
struct RowRejection: Error, Equatable {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  /// A client's text within quotes, cut to a length that is safe to show.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let shown =
      scalars.count > 64 ? String(String.UnicodeScalarView(scalars.prefix(64))) + "…" : text
    return "\"\(shown)\""
  }
}
