/// A horizontal bar drawn with eighths of a cell.
enum Bar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar for a share between 0 and 1 of a width; what is more than nothing shows at least a sliver.
  static func drawn(share: Double, width: Int) -> String {
    guard share > 0, share.isFinite, width > 0 else { return "" }
    let cells = min(share, 1) * Double(width)
    let parts = max(1, Int((cells * 8).rounded()))
    return String(repeating: "█", count: parts / 8) + eighths[parts % 8]
  }
}
