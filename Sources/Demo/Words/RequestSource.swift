/// Where requests come from.
enum RequestSource: String, CaseIterable, Sendable {
  case site
  case call
  case messenger
  case exhibition
  /// Told of by another client; comes to a seller directly.
  case referral
  /// Walked into the showroom; comes to a seller directly.
  case showroom

  /// Those whom the first line answers.
  static let leads: [RequestSource] = [.site, .call, .messenger, .exhibition]
  /// Those who come to a seller directly.
  static let direct: [RequestSource] = [.referral, .showroom]

  /// How many of all requests of its kind.
  var share: Double {
    switch self {
    case .site: 0.42
    case .call: 0.27
    case .messenger: 0.21
    case .exhibition: 0.1
    case .referral: 0.45
    case .showroom: 0.55
    }
  }

  /// How likely the first line passes it on.
  var qualifies: Double {
    switch self {
    case .site: 0.58
    case .call: 0.68
    case .messenger: 0.5
    case .exhibition: 0.42
    case .referral, .showroom: 1
    }
  }

  /// How the odds of every next step compare with the usual ones.
  var warmth: Double {
    switch self {
    case .site: 1
    case .call: 1.15
    case .messenger: 0.8
    case .exhibition: 0.75
    case .referral: 1.7
    case .showroom: 1.35
    }
  }
}
