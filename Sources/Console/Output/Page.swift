/// What lines for people are fitted to.
struct Page: Sendable {
  /// Columns of the terminal; nil for a file or pipe, where nothing is cut.
  let width: Int?
  let style: Style
}
