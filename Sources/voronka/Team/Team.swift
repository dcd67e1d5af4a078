internal import ArgumentParser

/// `voronka team …`.
struct Team: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with teams.",
    subcommands: [TeamList.self, TeamCreate.self, TeamAdd.self, TeamRemove.self, TeamLead.self])
}
