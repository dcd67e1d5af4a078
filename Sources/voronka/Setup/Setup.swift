internal import ArgumentParser

/// `voronka setup …`.
struct Setup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set up your company the way one of the articles tells.",
    subcommands: [SetupFirstLine.self])
}
