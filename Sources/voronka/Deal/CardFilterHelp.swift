internal import ArgumentParser

/// What several commands say of how cards are chosen.
enum CardFilterHelp {
  static let field: ArgumentHelp = """
    Only cards with this value of a custom field: key=value; the value may be JSON, such as \
    {"from":3,"to":5} or {"any":["A","B"]}; may be repeated.
    """
}
