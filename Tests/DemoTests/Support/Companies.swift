import JSON
import SalesRules
import Testing

@testable import Demo

/// A Wednesday, some time after the January holidays.
let today: CalendarDate = {
  guard let day = CalendarDate("2026-05-20") else { preconditionFailure("no such day") }
  return day
}()

/// The company of `voronkad demo`, made once for all tests that look at it.
let usualCompany = FurnitureCompany(FurnitureSettings(), today: today)

extension FurnitureCompany {
  var allDeals: [GeneratedCard] { deals.values.flatMap(\.self) }
  var allCards: [GeneratedCard] { leads + allDeals }

  /// Everything that is sent, as it is sent.
  var wire: [UInt8] {
    let rows =
      clientCompanies.map(\.row) + catalogue.map(\.row) + colleagues.map(\.row)
      + allCards.sorted { $0.externalID < $1.externalID }.map(\.row)
    return rows.flatMap { RawJSON(.object($0)).bytes }
  }

  /// The verdict on a direction, counted as the funnel report counts.
  func shape(_ direction: CompanyPlan.Direction) -> FunnelShape {
    let stages = direction.pipeline.openStages.map(\.name)
    let cards = deals[direction.code] ?? []
    return FunnelShape(
      stages.enumerated().map { index, stage in
        FunnelStageCount(
          stage: Int64(index),
          entered: cards.count { card in card.events.contains { $0.stage == stage } },
          reached: cards.count { card in
            card.outcome == .won || card.events.contains { stages[index...].contains($0.stage) }
          },
          lost: cards.count { $0.outcome == .lost && $0.events.dropLast().last?.stage == stage },
          open: cards.count { $0.outcome == .open && $0.stage == stage })
      })
  }
}

extension [GeneratedCard] {
  /// How many of the closed ones were won.
  var conversion: Double {
    let closed = filter { $0.outcome != .open }
    return Double(closed.count { $0.outcome == .won }) / Double(Swift.max(1, closed.count))
  }
}
