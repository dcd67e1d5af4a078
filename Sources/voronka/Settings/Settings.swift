internal import ArgumentParser

/// `voronka settings …`.
struct Settings: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at the company's settings, or change them.",
    subcommands: [SettingsShow.self, SettingsSet.self])
}
