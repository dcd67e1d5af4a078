internal import ArgumentParser

/// `voronka token …`.
struct Token: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with tokens, by which programs log in.",
    subcommands: [TokenList.self, TokenCreate.self, TokenRevoke.self])
}
