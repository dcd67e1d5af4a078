internal import JSON
internal import Postgres
internal import SalesRules

extension Plan {
  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("code", code)
      $0.member("name", name)
      $0.name("limits")
      $0.object {
        for limit in PlanLimit.allCases {
          $0.name(limit.rawValue)
          $0.value(limits[limit])
        }
      }
      $0.money("price", price, currency ?? "")
      $0.name("features")
      $0.features(features)
      $0.name("retention")
      $0.retention(retention)
      $0.member("retired", !isActive)
      $0.member("version", version)
    }
  }

  /// The parameters `$1` to `$14` of `PlanStatements`.
  var parameters: [Parameter] {
    [.text(code), .text(name), .string(price?.description), .string(currency)]
      + PlanLimit.allCases.map { .integer(limits[$0]) }
      + [features.map { .strings($0.map(\.rawValue).sorted()) } ?? .null]
      + PlanRetention.Part.allCases.map { .integer(retention[$0]) }
  }
}

extension JSONWriter {
  /// How long things are kept; null is for ever.
  mutating func retention(_ retention: PlanRetention) {
    object {
      for part in PlanRetention.Part.allCases {
        $0.name(part.rawValue)
        $0.value(retention[part])
      }
    }
  }

  /// What a plan switches on, in the order of the list; null is everything.
  mutating func features(_ features: Set<PlanFeature>?) {
    guard let features else { return null() }
    array {
      for feature in PlanFeature.allCases where features.contains(feature) {
        $0.value(feature.rawValue)
      }
    }
  }
}
