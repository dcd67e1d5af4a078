internal import ArgumentParser
internal import Console

/// The terms of a grant on the command line.
struct GrantTermsOptions: ParsableArguments {
  @Argument(help: "A pipeline by id or name.")
  var pipeline: String

  @Argument(help: "view, create, edit, move, close, assign, delete, export, configure.")
  var actions: [String]

  @Option(help: "To a user by id, e-mail or name.")
  var user: String?

  @Option(help: "To a team by id or name.")
  var team: String?

  @Flag(help: "To everybody in the company.")
  var everyone = false

  @Option(help: "Whose cards: own, team, subteams or all.")
  var cards: String = "own"

  @Option(help: "Which cards: any, open, won or lost.")
  var outcome: String = "any"

  @Option(
    name: .customLong("stage"),
    help: "Only on cards in this stage, by id or name; may be given several times.")
  var stages: [String] = []

  func terms() throws -> GrantTerms {
    GrantTerms(
      pipeline: pipeline, to: try subject(), actions: actions, cards: cards, outcome: outcome,
      stages: stages)
  }

  private func subject() throws -> GrantTerms.Subject {
    switch (user, team, everyone) {
    case (let user?, nil, false): return .user(user)
    case (nil, let team?, false): return .team(team)
    case (nil, nil, true): return .everyone
    default: throw ValidationError("Say to whom: one of --user, --team and --everyone.")
    }
  }
}
