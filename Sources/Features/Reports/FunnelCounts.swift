internal import JSON
internal import Postgres
internal import SalesRules

/// The figures of a funnel, gathered from the database's counts.
struct FunnelCounts {
  /// One open stage's figures.
  struct StageFigures {
    let stage: DesignStage
    var count: FunnelStageCount
    var finishedStays: Int64 = 0
    var median: Double?
    var ninetieth: Double?
    var losses = FunnelLosses()
  }

  private var stages: [StageFigures] = []
  private var created = 0
  private var open = 0
  private var won = 0
  private var lost = 0
  private var losses = FunnelLosses()
  private var wonAmount = MoneyAmount.zero

  /// From the rows of `ReportStatements.funnel`, where a stage is named by its place in `all`, from 1; `exits`
  /// are the stages that transfer, `losses` says which reason is which kind of loss.
  init(
    stages all: [DesignStage], exits: Set<Int64>, losses kinds: [Int64: FunnelLosses.Kind],
    rows: Rows
  ) throws {
    var places: [Int64: Int] = [:]
    for (index, stage) in all.enumerated() where stage.kind == .open {
      places[Int64(index + 1)] = stages.count
      stages.append(
        StageFigures(
          stage: stage,
          count: FunnelStageCount(
            stage: stage.id, entered: 0, reached: 0, isExit: exits.contains(stage.id))))
    }
    for row in rows {
      if let place = try row.integerIfPresent(0) {
        guard let index = places[place] else { continue }
        stages[index].finishedStays = try row.integer(5)
        stages[index].median = try row.doubleIfPresent(7)
        stages[index].ninetieth = try row.doubleIfPresent(8)
      } else {
        let kind = try row.integerIfPresent(9).flatMap { kinds[$0] } ?? .unknown
        try count(row, all, places, lost: kind)
      }
    }
  }

  /// Counts the cards that went one way.
  private mutating func count(
    _ row: Row, _ all: [DesignStage], _ places: [Int64: Int], lost kind: FunnelLosses.Kind
  ) throws {
    let count = Int(try row.integer(5))
    let furthest = try row.integerIfPresent(1).flatMap { places[$0] }
    let lastOpen = try row.integerIfPresent(2).flatMap { places[$0] }
    let present = all[Int(try row.integer(3)) - 1]
    created += count
    switch present.kind {
    case .open:
      open += count
      if let lastOpen { stages[lastOpen].count.open += count }
    case .won:
      won += count
      let amount = MoneyAmount(try row.string(6))
      wonAmount = amount.flatMap { wonAmount.adding($0) } ?? wonAmount
    case .lost:
      lost += count
      losses[kind] += count
      if let lastOpen {
        stages[lastOpen].count.lost += count
        stages[lastOpen].losses[kind] += count
      }
    }
    for (index, mark) in (try row.stringIfPresent(4) ?? "").utf8.enumerated()
    where mark == UInt8(ascii: "1") {
      guard let place = places[Int64(index + 1)] else { continue }
      stages[place].count.entered += count
      if stages[place].count.isExit { stages[place].count.reached += count }
    }
    let reached = present.kind == .won ? stages.count : furthest.map { $0 + 1 } ?? 0
    for index in 0..<reached where !stages[index].count.isExit {
      stages[index].count.reached += count
    }
  }

  /// How the cards went by stage.
  var stageCounts: [FunnelStageCount] { stages.map(\.count) }

  /// All cards.
  var createdCards: Int { created }

  /// The report; `designSince` is since when the pipeline had been made so, in a report on the past.
  func write(
    to writer: inout JSONWriter, currency: String, designSince: Timestamp? = nil
  ) {
    writer.object {
      $0.member("totals") {
        $0.member("created", created)
        $0.member("open", open)
        $0.member("won", won)
        $0.member("lost", lost)
        $0.name("lost_by")
        losses.write(to: &$0)
        $0.money("won_amount", wonAmount, currency)
        $0.money("average_sale", wonAmount.divided(by: Int64(won)), currency)
      }
      $0.name("stages")
      $0.array {
        var previous: Int?
        for figures in stages {
          write(figures, previous: previous, to: &$0)
          if !figures.count.isExit { previous = figures.count.reached }
        }
      }
      $0.name("shape")
      Self.write(FunnelShape(stageCounts), to: &$0)
      if let designSince { $0.member("design_since", designSince) }
    }
  }

  private func write(_ figures: StageFigures, previous: Int?, to writer: inout JSONWriter) {
    let count = figures.count
    writer.object {
      $0.member("stage", figures.stage.id)
      $0.member("name", figures.stage.name)
      $0.member("entered", count.entered)
      $0.member("reached", count.reached)
      if count.isExit { $0.member("exit", true) }
      $0.name("from_previous")
      $0.value(previous.flatMap { Self.share(count.reached, of: $0) })
      $0.name("overall")
      $0.value(Self.share(count.reached, of: created))
      $0.member("lost_here", count.lost)
      $0.name("lost_by")
      figures.losses.write(to: &$0)
      $0.member("open_here", count.open)
      $0.member("dwell") {
        $0.member("stays", figures.finishedStays)
        Self.seconds("median_s", figures.median, to: &$0)
        Self.seconds("p90_s", figures.ninetieth, to: &$0)
      }
    }
  }

  private static func write(_ shape: FunnelShape, to writer: inout JSONWriter) {
    writer.object {
      $0.member("verdict", shape.verdict.rawValue)
      $0.name("findings")
      $0.array {
        for finding in shape.findings {
          $0.object {
            $0.member("kind", finding.kind.rawValue)
            $0.member("stage", finding.stage)
            $0.member("count", finding.count)
            $0.member("out_of", finding.outOf)
            $0.member("message", finding.sentence)
          }
        }
      }
    }
  }

  /// Seconds to the millisecond; whole ones without a point.
  private static func seconds(
    _ name: StaticString, _ value: Double?, to writer: inout JSONWriter
  ) {
    writer.name(name)
    let value = value.map { ($0 * 1000).rounded() / 1000 }
    if let value, let whole = Int64(exactly: value) {
      writer.value(whole)
    } else {
      writer.value(value)
    }
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}
