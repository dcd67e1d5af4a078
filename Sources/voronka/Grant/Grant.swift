internal import ArgumentParser

/// `voronka grant …`.
struct Grant: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say who may do what on which pipeline.",
    subcommands: [GrantList.self, GrantGive.self, GrantRevoke.self])
}
