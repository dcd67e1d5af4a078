internal import ArgumentParser

/// `voronka support …`.
struct Support: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See when and why the operator looked into the company, and allow it or not.",
    subcommands: [SupportList.self, SupportAllow.self, SupportForbid.self])
}
