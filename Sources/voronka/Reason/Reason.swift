internal import ArgumentParser

/// `voronka reason …`.
struct Reason: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with the company's lists of why cards end.",
    discussion: """
      voronka reason create loss "Too dear" --comment required
      voronka reason list --kind loss
      """,
    subcommands: [ReasonList.self, ReasonCreate.self, ReasonUpdate.self, ReasonDelete.self])
}
