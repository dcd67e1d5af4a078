internal import ArgumentParser

/// `voronka access …`.
struct Access: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask who may do what and why, and what a change would change.",
    subcommands: [AccessMatrix.self, AccessExplain.self, AccessPreview.self])
}
