internal import ArgumentParser

/// `voronka reason …`.
struct Reason: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with the company's lists of why cards end.",
    subcommands: [ReasonList.self, ReasonCreate.self, ReasonUpdate.self, ReasonDelete.self])
}
