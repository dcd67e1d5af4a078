internal import ArgumentParser

/// `voronka my …`.
struct My: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What concerns oneself.", subcommands: [MyDay.self])
}
