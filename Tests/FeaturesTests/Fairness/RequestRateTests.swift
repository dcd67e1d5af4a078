internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@testable internal import Features

/// A plan's requests a second.
@Suite("The plan's requests a second")
struct RequestRateTests {
  @Test("A company has one second's worth at once, then what a second brings, and is told when")
  func bucket() throws {
    let rates = RequestRates()
    let start = ContinuousClock.now
    for _ in 0..<10 { try rates.take(tenant: 1, perSecond: 10, at: start) }
    let refusal = #expect(throws: RPCError.self) {
      try rates.take(tenant: 1, perSecond: 10, at: start)
    }
    #expect(refusal?.kind == "rate_limited" && refusal?["retry_after_ms"] == 100)
    try rates.take(tenant: 1, perSecond: 10, at: start + .milliseconds(100))
    #expect(throws: RPCError.self) {
      try rates.take(tenant: 1, perSecond: 10, at: start + .milliseconds(150))
    }
    // Rest does not add up to more than a second's worth.
    for _ in 0..<10 { try rates.take(tenant: 1, perSecond: 10, at: start + .seconds(60)) }
    #expect(throws: RPCError.self) {
      try rates.take(tenant: 1, perSecond: 10, at: start + .seconds(60))
    }
    // Neither another company nor one without limit is held to it.
    try rates.take(tenant: 2, perSecond: 10, at: start)
    for _ in 0..<1000 { try rates.take(tenant: 1, perSecond: nil, at: start) }
  }

  @Test("The limit holds over all connections of the company, and no other company feels it")
  func enforced() async throws {
    var configuration = FeaturesConfiguration(serverVersion: "test", passwordCost: .least)
    configuration.refusalPause = .zero
    let installation = try await TestInstallation.make(configuration: configuration)
    let limited = try await installation.company("small", limits: ["requests_per_second": 3])
    let free = try await installation.company("large")
    let second = try await installation.login("small", "owner@small.example")
    var answered = 0
    var waits: [Int64] = []
    for index in 0..<60 {
      do {
        _ = try await (index.isMultiple(of: 2) ? limited.owner : second).call("pipeline.list")
        answered += 1
      } catch let error as RPCError {
        #expect(error.kind == "rate_limited" && error.code == 1029)
        waits.append(error["retry_after_ms"]?.int64 ?? 0)
      }
    }
    #expect(answered >= 3 && !waits.isEmpty)
    #expect(waits.allSatisfy { (1...334).contains($0) })
    for _ in 0..<60 { _ = try await free.owner.call("pipeline.list") }
  }
}
