internal import ArgumentParser

/// `voronka stage …`.
struct StageGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage", abstract: "Change the stages of pipelines.",
    subcommands: [StageReorder.self])
}
