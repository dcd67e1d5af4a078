internal import ArgumentParser

/// `voronka plan …`.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with the plans that companies are on.",
    subcommands: [PlanList.self, PlanShow.self, PlanCreate.self, PlanUpdate.self, PlanRetire.self])
}
