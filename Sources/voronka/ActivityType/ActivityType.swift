internal import ArgumentParser

/// `voronka activity-type …`.
struct ActivityType: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activity-type",
    abstract: "Work with kinds of activity of the company's own.",
    subcommands: [
      ActivityTypeList.self, ActivityTypeCreate.self, ActivityTypeUpdate.self,
      ActivityTypeDelete.self,
    ])
}
