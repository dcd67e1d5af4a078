internal import ArgumentParser

/// `voronka activity-type …`.
struct ActivityType: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activity-type",
    abstract: "Work with kinds of activity of the company's own.",
    discussion: """
      voronka activity-type create Demonstration meeting
      voronka activity plan 5 Demonstration --due "tomorrow 10:00"
      """,
    subcommands: [
      ActivityTypeList.self, ActivityTypeCreate.self, ActivityTypeUpdate.self,
      ActivityTypeDelete.self,
    ])
}
