internal import SalesRules
internal import Testing

@Suite("Clocks")
struct ClocksTests {
  private static let epoch: Int64 = 1_780_304_400

  private func at(_ second: Int64) throws -> Timestamp {
    try #require(Timestamp(microsecondsSince1970: (Self.epoch + second) * 1_000_000))
  }

  private func stand(_ since: Int64, _ until: Int64) throws -> StandStill {
    StandStill(since: try at(since), until: try at(until))
  }

  private func clocks(
    entered: Int64 = 0, touched: Int64 = 0, closed: Int64? = nil, _ stands: [StandStill] = [],
    dwell: ISO8601Duration? = nil, life: ISO8601Duration? = nil, now: Int64
  ) throws -> Clocks {
    Clocks(
      createdAt: try at(0), stageEnteredAt: try at(entered), touchedAt: try at(touched),
      closedAt: try closed.map(at), stands: stands, dwellLimit: dwell, lifeLimit: life,
      at: try at(now))
  }

  @Test("Each counts from its own beginning")
  func beginnings() throws {
    let clocks = try clocks(entered: 20, touched: 70, now: 100)
    #expect(clocks.life == 100 && clocks.inStage == 80 && clocks.silence == 30)
  }

  @Test("A pause counts for none, wherever it stands: before, across, inside, running, over")
  func pauses() throws {
    let before = try clocks(entered: 50, touched: 60, [try stand(10, 20)], now: 100)
    #expect(before.life == 90 && before.inStage == 50 && before.silence == 40)
    let across = try clocks(entered: 50, touched: 60, [try stand(40, 55)], now: 100)
    #expect(across.life == 85 && across.inStage == 45 && across.silence == 40)
    let running = try clocks(entered: 50, touched: 60, [try stand(60, 500)], now: 100)
    #expect(running.life == 60 && running.inStage == 10 && running.silence == 0)
    // It has run again from its end on, which nobody had to write.
    let over = try clocks(entered: 50, touched: 60, [try stand(60, 90)], now: 100)
    #expect(over.life == 70 && over.inStage == 20 && over.silence == 10)
    let overlapping = try clocks(
      [try stand(30, 50), try stand(10, 40), try stand(20, 25)], now: 60)
    #expect(overlapping.life == 20)
  }

  @Test("They stand as they stood when the card was closed, also where it was touched afterwards")
  func closed() throws {
    let clocks = try clocks(
      entered: 40, touched: 90, closed: 40, [try stand(10, 20)], life: .days(1), now: 1_000_000)
    #expect(clocks.life == 30 && clocks.inStage == 0 && clocks.silence == 0 && !clocks.isOutlived)
  }

  @Test("A limit is over once it is passed, and not at its last moment; a pause puts it off")
  func limits() throws {
    let day: Int64 = 86_400
    let limit = ISO8601Duration.days(1)
    #expect(try !clocks(dwell: limit, life: limit, now: day).isOverstayed)
    let late = try clocks(dwell: limit, life: limit, now: day + 1)
    #expect(late.isOverstayed && late.isOutlived && late.dwellLimit == day && late.lifeLimit == day)
    let paused = try clocks([try stand(10, 20)], dwell: limit, life: limit, now: day + 10)
    #expect(!paused.isOverstayed && !paused.isOutlived)
    #expect(try clocks([try stand(10, 20)], dwell: limit, now: day + 11).isOverstayed)
    let none = try clocks(now: 1_000_000_000)
    #expect(
      !none.isOverstayed && !none.isOutlived && none.dwellLimit == nil && none.lifeLimit == nil)
  }

  @Test(
    "Months count by the calendar, and their last days are held",
    arguments: [
      ("2026-01-31T10:00:00Z", "P1M", "2026-02-28T10:00:00Z"),
      ("2024-01-31T10:00:00Z", "P1M", "2024-02-29T10:00:00Z"),
      ("2026-06-01T09:00:00Z", "P3M", "2026-09-01T09:00:00Z"),
      ("2026-12-15T09:00:00Z", "P1Y2M3DT4H", "2028-02-18T13:00:00Z"),
      ("2024-02-29T00:00:00Z", "P1Y", "2025-02-28T00:00:00Z"),
      ("9999-12-01T00:00:00Z", "P1M", "9999-12-31T23:59:59.999999Z"),
    ])
  func calendar(_ start: String, _ duration: String, _ end: String) throws {
    let moment = try #require(Timestamp(start))
    #expect(moment.adding(try #require(ISO8601Duration(duration))).description == end)
  }

  /// So much plainer: looks at every second there is.
  private func counted(_ from: Int64, _ to: Int64, _ stands: [(Int64, Int64)]) -> Int64 {
    guard from < to else { return 0 }
    return Int64(
      (from..<to).count { second in !stands.contains { $0.0 <= second && second < $0.1 } })
  }

  @Test(
    "They agree with counting every second, on cards by chance",
    arguments: 1...40 as ClosedRange<UInt64>)
  func reference(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      func moment() -> Int64 { Int64.random(in: 0...200, using: &random) }
      let (entered, touched, now) = (moment(), moment(), moment())
      let closed = Bool.random(using: &random) ? moment() : nil
      let stands = (0..<Int.random(in: 0...5, using: &random)).map { _ in (moment(), moment()) }
      let limit = moment() + 1
      var duration = ISO8601Duration()
      duration.wholeSeconds = Int(limit)
      let clocks = try clocks(
        entered: entered, touched: touched, closed: closed,
        try stands.map { try stand($0.0, $0.1) }, dwell: duration, life: duration, now: now)
      let end = min(now, closed ?? now)
      let plain = (
        life: counted(0, end, stands), inStage: counted(entered, end, stands),
        silence: counted(touched, end, stands)
      )
      #expect(clocks.life == plain.life && clocks.inStage == plain.inStage)
      #expect(clocks.silence == plain.silence)
      #expect(clocks.isOverstayed == (plain.inStage > limit))
      #expect(clocks.isOutlived == (plain.life > limit))
    }
  }
}
