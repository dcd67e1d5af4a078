internal import JSON
internal import TestSupport
internal import Testing

@Suite("Clocks of imported cards")
struct ImportedClockTests {
  private static let day: Int64 = 86_400

  /// Events on days of May 2026 at nine; now is nine on the first of June.
  private func clocks(_ events: [(String, Int)]) async throws -> [Int64] {
    let scene = try await ImportedCompany.make()
    let told = events.map { stage, day -> JSON in
      let day = day < 10 ? "0\(day)" : "\(day)"
      return ["stage": .string(stage), "at": .string("2026-05-\(day)T09:00:00Z")]
    }
    let answer = try await scene.send(
      "deal", [["external_id": "1", "title": "One", "events": .array(told)]])
    #expect(answer["accepted"] == 1, "\(answer)")
    let id = try #require(try await scene.cards()["One"]?["id"])
    let clocks = try await scene.company.owner.call("deal.get", ["id": id])["clocks"]
    return ["in_stage_s", "life_s", "silence_s"].map {
      (clocks?[$0]?.int64 ?? -1) / Self.day
    }
  }

  @Test("The time for which one was closed before it was reopened does not count")
  func reopened() async throws {
    #expect(try await clocks([("A", 1), ("Lost", 11), ("B", 21)]) == [11, 21, 11])
    // Twice, and from one closing stage into another meanwhile.
    let twice = [("A", 1), ("Lost", 3), ("Won", 5), ("A", 8), ("Lost", 11), ("B", 21)]
    #expect(try await clocks(twice) == [11, 16, 11])
  }

  @Test("One that is closed stands as it stood at its closing, less what it was closed before")
  func closed() async throws {
    #expect(try await clocks([("A", 1), ("Lost", 11), ("B", 21), ("Won", 26)])[1] == 15)
    #expect(try await clocks([("A", 1), ("B", 21)]) == [11, 31, 11])
  }
}
