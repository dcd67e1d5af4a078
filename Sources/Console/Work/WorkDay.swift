internal import Foundation
internal import JSON

/// What somebody has to do, most urgent first, and which of it is chosen.
struct WorkDay {
  /// The parts of a day, in their order.
  enum Part: String, CaseIterable {
    case overdue
    case today
    case incoming
    case neglected
  }

  /// One thing to do: an activity with its card, or a card for which nothing is planned.
  struct Row {
    var part: Part
    let activity: JSON?
    let card: JSON
  }

  private(set) var date = ""
  private(set) var rows: [Row] = []
  private(set) var counts: [Part: Int64] = [:]
  private(set) var place = 0

  /// What is chosen.
  var row: Row? { rows.indices.contains(place) ? rows[place] : nil }

  /// The day as the server tells it; what was chosen stays so.
  mutating func take(_ day: JSON, now: Date) {
    let chosen = row
    date = day["date"]?.string ?? ""
    rows = []
    for part in Part.allCases {
      let items = day[part.rawValue]?["items"]?.array ?? []
      counts[part] = day[part.rawValue]?["count"]?.int64 ?? Int64(items.count)
      rows += items.map { Row(part: part, activity: $0["activity"], card: $0["card"] ?? .null) }
    }
    pass(to: now)
    choose(chosen)
  }

  /// What has become due since the server was asked is overdue: who has to pay first stays in front.
  mutating func pass(to now: Date) {
    let isLate = { (row: Row) in
      guard row.part == .today, let due = row.activity?["due_at"]?.string else { return false }
      return SellerMoment.date(due).map { $0 < now } ?? false
    }
    guard rows.contains(where: isLate) else { return }
    let chosen = row
    let late = rows.filter(isLate).map { row in
      var row = row
      row.part = .overdue
      return row
    }
    let order = { (row: Row) in
      (
        row.card["payment_due"]?.string ?? "9999", row.activity?["due_at"]?.string ?? "",
        row.activity?["id"]?.int64 ?? 0
      )
    }
    let overdue = rows.filter { $0.part == .overdue } + late
    rows =
      overdue.sorted { order($0) < order($1) } + rows.filter { $0.part != .overdue && !isLate($0) }
    counts[.overdue, default: 0] += Int64(late.count)
    counts[.today, default: 0] -= Int64(late.count)
    choose(chosen)
  }

  mutating func move(rows step: Int) {
    place = max(0, min(place + step, rows.count - 1))
  }

  /// The same thing, or another of the same card, or whatever stands at the same place.
  private mutating func choose(_ chosen: Row?) {
    if let chosen {
      let same = rows.firstIndex { row in
        row.card["id"] == chosen.card["id"] && row.activity?["id"] == chosen.activity?["id"]
      }
      place = same ?? rows.firstIndex { $0.card["id"] == chosen.card["id"] } ?? place
    }
    move(rows: 0)
  }
}
