internal import ArgumentParser
internal import Console

/// `voronka company merge ID OTHER…`.
struct ClientCompanyMerge: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one company of several; asks first.",
    discussion: "The first one is kept, with the numbers, addresses and cards of all.")

  @Argument(help: "The company that is kept.")
  var id: Int64

  @Argument(help: "Those that become one with it.")
  var others: [Int64]

  @Flag(help: "Only tell what would come of it.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.company, .merge(into: id, from: others, dryRun: dryRun))
  }
}
