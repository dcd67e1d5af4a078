internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

/// A company with a pipeline of two open stages, for what becomes of cards in it.
struct EventScene: Sendable {
  let company: TestCompany
  let pipeline: JSON
  /// Two of its open stages.
  let first: Int64
  let second: Int64

  var installation: TestInstallation { company.installation }
  var owner: TestClient { company.owner }

  /// - Parameter interval: how often the server looks for the events of others; not at all in most tests,
  ///   which show that it need not.
  static func make(
    interval: Duration = .seconds(3600), limits: JSON = [:]
  ) async throws -> EventScene {
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.eventInterval = interval
    let installation = try await TestInstallation.make(configuration: configuration)
    return try await make(in: installation.company(limits: limits))
  }

  static func make(
    in company: TestCompany, _ name: String = "Услуги"
  ) async throws -> EventScene {
    let pipeline = try await company.pipeline(
      name, stages: [["name": "Новая"], ["name": "Договор"]])
    return EventScene(
      company: company, pipeline: pipeline, first: pipeline.stage("Новая"),
      second: pipeline.stage("Договор"))
  }

  /// Another connection of the owner's.
  func another() async throws -> TestClient {
    try await installation.login(company.slug, "owner@\(company.slug).example")
  }

  @discardableResult
  func deal(_ more: JSONObject = [:], by client: TestClient? = nil) async throws -> Int64 {
    var parameters: JSONObject = ["pipeline": .integer(pipeline.id), "title": "Кухня"]
    for member in more.members { parameters[member.name] = member.value }
    return try await (client ?? owner).call("deal.create", parameters).id
  }

  func move(_ deal: Int64, to stage: Int64) async throws {
    try await owner.call("deal.move", ["id": .integer(deal), "stage": .integer(stage)])
  }

  /// Makes something that the owner hears of, waits until they do, and so until everybody has had the
  /// chance to hear of what was before.
  func settle(_ witness: TestClient) async throws -> JSON {
    let reason = try await owner.call(
      "reason.create", ["kind": "loss", "name": .string("R\(Int.random(in: 0...Int.max))")])
    while true {
      let event = try await witness.told.next()
      if event["name"] == "reason.create", event.id == reason.id { return event }
    }
  }

  /// A witness of all that happens from now on.
  func witness() async throws -> TestClient {
    let witness = try await another()
    try await subscribe(witness)
    return witness
  }

  /// Subscribes to what happens from now on; the last number so far. What was written before has its number
  /// then, though transactions of other tests, in the same cluster, may have held it back for a moment.
  @discardableResult
  func subscribe(_ client: TestClient, _ parameters: JSONObject = [:]) async throws -> Int64 {
    let sequencer = installation.dispatcher.services.sequencer
    while try await sequencer.advance(company.id).isPending { await Task.yield() }
    return try #require(
      try await client.call("event.subscribe", parameters)["sequence"]?.int64)
  }
}

extension TestClient {
  /// The names of the next events.
  func toldNames(_ count: Int) async throws -> [String] {
    try await told.next(count).compactMap { $0["name"]?.string }
  }
}
