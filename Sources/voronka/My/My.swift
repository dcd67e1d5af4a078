internal import ArgumentParser

/// `voronka my …`.
struct My: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What concerns oneself.",
    discussion: """
      voronka my day
      voronka my day --date 2026-12-01
      """,
    subcommands: [MyDay.self])
}
