internal import SalesRules

/// The stages a card passed, with when: from its dates or from its events.
///
/// Events tell all; where they are there, only their order and the row's closing are added to. Without
/// them an open card stands in its stage since it was created, and a closed one stood in `opened_in`
/// (the last open stage where that is not said) until it was closed. What is not dated counts as
/// happening at the moment of the import.
struct DealPath {
  /// One stay's beginning.
  struct Visit {
    let stage: GateStage
    let at: Timestamp
    /// The external id of who moved it there, where an event says.
    let by: String?
    /// Whether the row tells of it, and it is not what is supposed where a row says nothing.
    var isTold = true
  }

  let visits: [Visit]

  /// The stages of which the row tells, in order, before the last.
  var past: [Int64] { visits.dropLast().filter(\.isTold).map(\.stage.id) }

  init(
    _ row: DealRow, stages: ImportStages, calendar: Calendar, now: Timestamp
  ) throws(RowRejection) {
    let visits =
      try row.events.isEmpty
      ? Self.fromDates(row, stages, calendar, now) : Self.fromEvents(row, stages, calendar)
    guard visits.allSatisfy({ $0.at <= now }) else {
      throw RowRejection("one of its dates lies in the future")
    }
    self.visits = visits
  }

  private static func fromDates(
    _ row: DealRow, _ stages: ImportStages, _ calendar: Calendar, _ now: Timestamp
  ) throws(RowRejection) -> [Visit] {
    let stage =
      try row.stage.map { name throws(RowRejection) in try stages.named(name) } ?? stages.first
    let created = try row.createdAt.map { moment throws(RowRejection) in
      try calendar.begin(of: moment)
    }
    guard stage.kind != .open else {
      for (member, isGiven) in [
        ("closed_at", row.closedAt != nil), ("opened_in", row.openedIn != nil),
      ]
      where isGiven {
        throw RowRejection(
          "\(member) is for closed deals; the stage \(RowRejection.quoted(stages.name(stage))) is an "
            + "open one")
      }
      return [Visit(stage: stage, at: created ?? now, by: nil)]
    }
    let closed =
      try row.closedAt.map { moment throws(RowRejection) in
        try Self.closing(moment, after: created, calendar)
      } ?? now
    let from =
      try row.openedIn.map { name throws(RowRejection) in try stages.open(name) } ?? stages.lastOpen
    return [
      Visit(stage: from, at: created ?? closed, by: nil, isTold: row.openedIn != nil),
      Visit(stage: stage, at: closed, by: nil),
    ]
  }

  /// When a card was closed: on a day, at its beginning or later, after everything else of that day.
  private static func closing(
    _ moment: RowMoment, after created: Timestamp?, _ calendar: Calendar
  ) throws(RowRejection) -> Timestamp {
    let begin = try calendar.begin(of: moment)
    guard let created, created > begin else { return begin }
    guard try calendar.end(of: moment) >= created else {
      throw RowRejection("closed_at lies before created_at")
    }
    return created
  }

  private static func fromEvents(
    _ row: DealRow, _ stages: ImportStages, _ calendar: Calendar
  ) throws(RowRejection) -> [Visit] {
    var entries: [(visit: Visit, order: Timestamp)] = []
    for event in row.events {
      let stage = try stages.named(event.stage)
      entries.append(try entry(stage, event.at, event.by, calendar))
    }
    let isClosedInEvents = entries.contains { $0.visit.stage.kind != .open }
    if let name = row.stage, let closedAt = row.closedAt, !isClosedInEvents {
      let stage = try stages.named(name)
      if stage.kind != .open { entries.append(try entry(stage, closedAt, nil, calendar)) }
    }
    // Sorting keeps what happened at once in the order in which it was told.
    var visits: [Visit] = []
    for entry in entries.enumerated().sorted(by: {
      ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
    }).map(\.element) {
      if visits.last?.stage.id == entry.visit.stage.id { continue }
      let at = max(entry.visit.at, visits.last?.at ?? entry.visit.at)
      visits.append(Visit(stage: entry.visit.stage, at: at, by: entry.visit.by))
    }
    try begin(&visits, row, stages, calendar)
    try requireEnd(visits, row, stages)
    return visits
  }

  /// A day's events begin with it, but what closes a card comes last.
  private static func entry(
    _ stage: GateStage, _ moment: RowMoment, _ by: String?, _ calendar: Calendar
  ) throws(RowRejection) -> (visit: Visit, order: Timestamp) {
    let visit = Visit(stage: stage, at: try calendar.begin(of: moment), by: by)
    return (visit, stage.kind == .open ? visit.at : try calendar.end(of: moment))
  }

  /// Before its first event a card stood in `opened_in` or, where that is not said, in the first event's
  /// stage already; one whose first event closes it, in the last open stage.
  private static func begin(
    _ visits: inout [Visit], _ row: DealRow, _ stages: ImportStages, _ calendar: Calendar
  ) throws(RowRejection) {
    guard let first = visits.first else { return }
    var created = first.at
    if let given = row.createdAt {
      guard try calendar.begin(of: given) <= first.at else {
        throw RowRejection("its first event lies before created_at")
      }
      created = try calendar.begin(of: given)
    }
    if let name = row.openedIn {
      let stage = try stages.open(name)
      if stage.id != first.stage.id {
        return visits.insert(Visit(stage: stage, at: created, by: nil), at: 0)
      }
    }
    if first.stage.kind == .open {
      visits[0] = Visit(stage: first.stage, at: created, by: first.by)
    } else {
      visits.insert(
        Visit(stage: stages.lastOpen, at: created, by: nil, isTold: false), at: 0)
    }
  }

  private static func requireEnd(
    _ visits: [Visit], _ row: DealRow, _ stages: ImportStages
  ) throws(RowRejection) {
    guard let last = visits.last else { return }
    if let name = row.stage, try stages.named(name).id != last.stage.id {
      throw RowRejection(
        "its stage is \(RowRejection.quoted(name)), but its last event leads to "
          + RowRejection.quoted(stages.name(last.stage)))
    }
    if last.stage.kind == .open, row.closedAt != nil {
      throw RowRejection("it has a closed_at, but its last event leads to an open stage")
    }
  }
}
