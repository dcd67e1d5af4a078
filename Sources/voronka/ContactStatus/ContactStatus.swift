internal import ArgumentParser

/// `voronka contact-status …`.
struct ContactStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact-status",
    abstract: "Work with what cards can tell of the last contact with the client.",
    discussion: """
      voronka contact-status create "Thinks it over" --meaning thinking
      """,
    subcommands: [
      ContactStatusList.self, ContactStatusCreate.self, ContactStatusUpdate.self,
      ContactStatusDelete.self,
    ])
}
