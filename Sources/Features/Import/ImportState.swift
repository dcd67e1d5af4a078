/// Where an import stands.
enum ImportState: String, Sendable, CaseIterable {
  /// Rows are taken.
  case running
  /// It came to its end.
  case finished
  /// What it brought was taken back.
  case undone
}
