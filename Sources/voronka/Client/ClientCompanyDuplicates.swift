internal import ArgumentParser
internal import Console

/// `voronka company duplicates [ID]`.
struct ClientCompanyDuplicates: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "List pairs that have a number, an address or a name in common.")

  @Argument(help: "Only those like this one.")
  var id: Int64?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.company, .duplicates(of: id))
  }
}
