internal import ArgumentParser

/// What several commands say of how cards are chosen.
enum CardFilterHelp {
  static let field: ArgumentHelp = """
    Only cards with this value of a custom field: key=value; the value may be JSON, such as \
    {"from":3,"to":5} or {"any":["A","B"]}; may be repeated.
    """
  static let closedFrom: ArgumentHelp = """
    Closed on this day or later; or a moment, such as 2025-03-01T09:00:00+03:00.
    """
  static let closedTo: ArgumentHelp = "Closed on this day or earlier; or before a moment."
}
