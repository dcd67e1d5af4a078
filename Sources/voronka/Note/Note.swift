internal import ArgumentParser

/// `voronka note …`.
struct Note: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write on cards.",
    discussion: """
      voronka note add 5 "Measure on Friday"
      """,
    subcommands: [NoteAdd.self])
}
