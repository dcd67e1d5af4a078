internal import JSON
internal import JSONRPC
internal import Synchronization
internal import Testing

@testable internal import Features

/// A company's share of the database's work.
@Suite("Places of a company")
struct CompanyPlacesTests {
  @Test("No more are at work than there are places, and everybody's turn comes")
  func bounded() async throws {
    let places = CompanyPlaces(3)
    let crew = Crew()
    try await withThrowingTaskGroup { group in
      for _ in 0..<200 {
        group.addTask {
          try await places.work(for: 1) {
            crew.begin()
            await Task.yield()
            crew.end()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect((1...3).contains(crew.most))
    #expect(crew.done == 200)
    #expect(places.waiting(1) == 0)
  }

  @Test("A company whose places are all taken holds up no other, and its line is bounded")
  func apart() async throws {
    let places = CompanyPlaces(1, lineLimit: 1)
    let (release, releasing) = AsyncStream.makeStream(of: Void.self)
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    let holder = Task {
      try await places.work(for: 1) {
        beginning.finish()
        for await _ in release {}
      }
    }
    for await _ in begun {}
    let second = Task { try await places.work(for: 1) { 2 } }
    while places.waiting(1) == 0 { await Task.yield() }
    #expect(try await places.work(for: 2) { 7 } == 7)
    let refusal = await #expect(throws: RPCError.self) { try await places.work(for: 1) { 3 } }
    #expect(refusal?.kind == "rate_limited" && refusal?["retry_after_ms"] == 1000)
    releasing.finish()
    try await holder.value
    #expect(try await second.value == 2)
  }

  @Test("One that has waited for too long is told so when a place becomes free")
  func patience() async throws {
    let places = CompanyPlaces(1, patience: .zero)
    let (release, releasing) = AsyncStream.makeStream(of: Void.self)
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    let holder = Task {
      try await places.work(for: 1) {
        beginning.finish()
        for await _ in release {}
      }
    }
    for await _ in begun {}
    let late = Task { try await places.work(for: 1) { 1 } }
    while places.waiting(1) == 0 { await Task.yield() }
    releasing.finish()
    try await holder.value
    let refusal = await #expect(throws: RPCError.self) { try await late.value }
    #expect(refusal?.kind == "rate_limited")
    #expect(try await places.work(for: 1) { 1 } == 1)
  }

  @Test("A failure gives the place back")
  func failure() async throws {
    struct Trouble: Error {}
    let places = CompanyPlaces(1)
    for _ in 0..<3 {
      await #expect(throws: Trouble.self) { try await places.work(for: 1) { throw Trouble() } }
    }
    #expect(try await places.work(for: 1) { 1 } == 1)
  }
}

/// Who is at work, and how many were at most.
private final class Crew: Sendable {
  private let state = Mutex((working: 0, most: 0, done: 0))

  var most: Int { state.withLock { $0.most } }
  var done: Int { state.withLock { $0.done } }

  func begin() {
    state.withLock {
      $0.working += 1
      $0.most = max($0.most, $0.working)
    }
  }

  func end() {
    state.withLock {
      $0.working -= 1
      $0.done += 1
    }
  }
}
