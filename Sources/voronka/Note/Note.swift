internal import ArgumentParser

/// `voronka note …`.
struct Note: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write on cards.", subcommands: [NoteAdd.self])
}
