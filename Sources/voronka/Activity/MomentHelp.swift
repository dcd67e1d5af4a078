internal import ArgumentParser

/// What commands say of how moments are written.
enum MomentHelp {
  static func of(_ meaning: String) -> ArgumentHelp {
    ArgumentHelp(
      """
      \(meaning): "2026-11-26 10:00", "tomorrow 10:00", 15:30, +2d, by the company's time zone (the terminal's where \
      that is not known), or 2026-11-26T10:00:00+03:00.
      """)
  }
}
