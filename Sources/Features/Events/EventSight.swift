internal import SalesRules

/// Who may learn of an event, besides owners and admins.
enum EventSight: Sendable {
  /// Whoever may view the card.
  case card(CardSight)
  /// Whoever knows the pipeline.
  case pipeline(Int64)
  /// Nobody.
  case admins
}

/// A card as it stood after an event, and before.
struct CardSight: Sendable {
  let card: Int64
  /// Where it stood and whose it was; of one that was deleted, last.
  let place: RightsCard
  /// The same before the event; nil for a new card.
  let before: RightsCard?
  /// The card's version after the event; nil where the event is not of the card itself.
  let version: Int64?

  /// The place before, where it was another one.
  var left: RightsCard? {
    guard let before, before.stage != place.stage || before.responsible != place.responsible
    else { return nil }
    return before
  }

  /// The pipeline before, where it was another one.
  var pipelineLeft: Int64? {
    guard let before, before.pipeline != place.pipeline else { return nil }
    return before.pipeline
  }
}

extension EventSight {
  /// A card that was changed from one version to the next.
  static func changed(_ after: Card, from before: Card) -> EventSight {
    .card(
      CardSight(
        card: after.id, place: after.place, before: before.place, version: after.version))
  }

  /// A card that is new.
  static func new(_ card: Card) -> EventSight {
    .card(CardSight(card: card.id, place: card.place, before: nil, version: card.version))
  }

  /// Something that belongs to a card and leaves it as it is.
  static func at(_ place: RightsCard, card: Int64) -> EventSight {
    .card(CardSight(card: card, place: place, before: nil, version: nil))
  }
}
