/// What the one company does while the others work.
enum NoisePhase: String, CaseIterable {
  /// Nothing.
  case alone
  /// It floods, and its plan allows it fifty requests a second.
  case limited
  /// It floods, and its plan has no limit.
  case unlimited

  /// How its row begins.
  var title: String {
    switch self {
    case .alone: "alone"
    case .limited: "beside a flood, 50 requests/s allowed"
    case .unlimited: "beside a flood without limit"
    }
  }

  /// The code of the flooding company's plan.
  var plan: String {
    switch self {
    case .alone, .unlimited: "benchmark-free"
    case .limited: "benchmark-limited"
    }
  }

  var requestsPerSecond: Int64? {
    switch self {
    case .alone, .unlimited: nil
    case .limited: 50
    }
  }
}
