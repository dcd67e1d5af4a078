internal import ArgumentParser

/// `voronka access …`.
struct Access: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask why somebody may or may not do something.",
    subcommands: [AccessExplain.self])
}
