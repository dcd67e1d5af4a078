internal import JSON
internal import SalesRules

/// An event as it is about to be written: numbers and the program's own words, nothing that people wrote.
struct EventDraft: Sendable {
  /// What happened, as a method's name.
  let name: String
  /// What it is about.
  let noun: String
  /// Which one, where there are several.
  let subject: Int64?
  /// Its version afterwards, where that is known.
  var version: Int64?
  let sight: EventSight
  /// What else is told.
  var details: RawJSON?

  /// A card that somebody else got with a change of something else.
  static func assigned(_ card: Int64, kind: CardKind, _ sight: EventSight) -> EventDraft {
    EventDraft(name: "\(kind.rawValue).assign", noun: kind.rawValue, subject: card, sight: sight)
  }

  /// So much of what the plan allows is used.
  static func warning(_ warning: UsageWarning, plan: String) -> EventDraft {
    EventDraft(
      name: "usage.warning", noun: usage, subject: nil, sight: .admins,
      details: RawJSON {
        $0.object {
          $0.member("limit", warning.limit.rawValue)
          $0.member("used", warning.used)
          $0.member("max", warning.max)
          $0.name("share")
          // Of nothing at all there is no share.
          $0.value(
            warning.max > 0
              ? (Double(warning.used) / Double(warning.max) * 1000).rounded() / 1000 : nil)
          $0.member("plan", plan)
        }
      })
  }

  /// What usage warnings are about.
  static let usage = "usage"
}
