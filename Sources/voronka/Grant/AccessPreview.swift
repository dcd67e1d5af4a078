internal import ArgumentParser

/// `voronka access preview …`.
struct AccessPreview: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Tell who would gain or lose sight of how many cards; nothing is changed.",
    subcommands: [
      AccessPreviewGive.self, AccessPreviewRevoke.self, AccessPreviewJoin.self,
      AccessPreviewLeave.self,
    ])
}
