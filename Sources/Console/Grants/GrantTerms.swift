internal import JSON

/// A grant as people describe it: pipelines, stages, teams and users by id or name.
public struct GrantTerms: Sendable {
  /// Whom a right is given to.
  public enum Subject: Sendable {
    /// A user by id, e-mail or name.
    case user(String)
    /// A team by id or name.
    case team(String)
    /// Everybody in the company.
    case everyone
  }

  let pipeline: String
  let subject: Subject
  let actions: [String]
  let cards: String
  let outcome: String
  let stages: [String]

  /// A grant's terms; without stages it holds in all.
  public init(
    pipeline: String, to subject: Subject, actions: [String], cards: String, outcome: String,
    stages: [String] = []
  ) {
    self.pipeline = pipeline
    self.subject = subject
    self.actions = actions
    self.cards = cards
    self.outcome = outcome
    self.stages = stages
  }

  /// The params of grant.give.
  func parameters(_ directory: Directory) async throws -> JSONObject {
    let pipeline = try await directory.pipeline(pipeline)
    var parameters: JSONObject = [
      "pipeline": .integer(try Directory.id(pipeline)), "to": try await to(directory),
      "actions": .array(actions.map { .string($0) }), "cards": .string(cards),
      "outcome": .string(outcome),
    ]
    if !stages.isEmpty {
      parameters["stages"] = .array(
        try stages.map { .integer(try Directory.stage($0, among: [pipeline]).id) })
    }
    return parameters
  }

  private func to(_ directory: Directory) async throws -> JSON {
    switch subject {
    case .user(let user): ["user": .integer(try await directory.user(user))]
    case .team(let team): ["team": .integer(try await directory.team(team))]
    case .everyone: ["everyone": true]
    }
  }
}
