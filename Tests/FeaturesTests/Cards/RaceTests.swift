internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Many at one card at once")
struct RaceTests {
  /// What eight callers at once get: `ok`, or the kind of the refusal.
  private func race(
    _ floor: SalesFloor, _ method: String, _ parameters: @escaping @Sendable (Int) -> JSONObject
  ) async throws -> [String] {
    try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<8 {
        group.addTask {
          try await floor.company.owner.refusal(method, parameters(index))?.kind ?? "ok"
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
  }

  private func deal(_ floor: SalesFloor) async throws -> JSON {
    let created = try await floor.company.owner.call(
      "deal.create",
      [
        "title": "Кухня", "pipeline": .integer(floor.general.id),
        "amount": ["amount": "100", "currency": "RUB"], "contact": ["name": "Пётр"],
      ])
    return .integer(created.id)
  }

  @Test("Eight wins of one deal at once are one win")
  func wins() async throws {
    let floor = try await SalesFloor.make()
    let id = try await deal(floor)
    let reason = try await floor.reason("win")
    let outcomes = try await race(floor, "deal.win") { _ in ["id": id, "reason": reason] }
    #expect(outcomes.filter { $0 == "ok" }.count == 1)
    #expect(outcomes.filter { $0 == "stage_rule" }.count == 7)
    let history = try await floor.company.owner.call("deal.history", ["id": id])
    #expect(history.texts("change") == ["created", "won"])
  }

  @Test("A win and a loss at once: one of them, never both")
  func winOrLoss() async throws {
    let floor = try await SalesFloor.make()
    let id = try await deal(floor)
    let (win, loss) = (try await floor.reason("win"), try await floor.reason("loss"))
    async let wins = race(floor, "deal.win") { _ in ["id": id, "reason": win] }
    async let losses = race(floor, "deal.lose") { _ in
      ["id": id, "reason": loss, "comment": "Because"]
    }
    let outcomes = try await wins + losses
    #expect(outcomes.filter { $0 == "ok" }.count == 1)
    let history = try await floor.company.owner.call("deal.history", ["id": id])
    #expect(history.items.count == 2)
  }

  @Test("Of eight moves that all know the same version, one is done and seven are conflicts")
  func versions() async throws {
    let floor = try await SalesFloor.make()
    let id = try await deal(floor)
    let stages = [floor.stage(1, of: floor.general), floor.stage(2, of: floor.general)]
    let outcomes = try await race(floor, "deal.move") { index in
      ["id": id, "stage": stages[index % 2], "if_version": 1]
    }
    #expect(outcomes.filter { $0 == "ok" }.count == 1)
    #expect(outcomes.filter { $0 == "conflict" }.count == 7)
  }

  @Test("Moves without a version are all done: history and stays have no gap and one open stay")
  func moves() async throws {
    let floor = try await SalesFloor.make()
    let id = try await deal(floor)
    let stages = (0..<3).map { floor.stage($0, of: floor.general) }
    for _ in 0..<3 {
      let outcomes = try await race(floor, "deal.move") { index in
        ["id": id, "stage": stages[index % 3]]
      }
      #expect(outcomes.allSatisfy { $0 == "ok" })
    }
    let card = try await floor.company.owner.call("deal.get", ["id": id])
    let version = card["version"]?.int64 ?? 0
    let rows = try await floor.company.cardRows(id.int64 ?? 0)
    #expect(rows.history.count == Int(version))
    #expect(rows.version == version && rows.stage == card["stage"]?.int64)
    #expect(rows.stays.count == Int(version) && rows.stays.filter(\.isOpen).count == 1)
    #expect(rows.stays.last?.stage == rows.stage)
    let history = try await floor.company.owner.call("deal.history", ["id": id, "limit": 500])
    #expect(history.items.compactMap { $0["version"]?.int64 } == Array(1...version))
  }
}
