internal import ArgumentParser
internal import Console

/// `voronka contact duplicates [ID]`.
struct ContactDuplicates: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "List pairs that have a number, an address or a name in common.")

  @Argument(help: "Only those like this one.")
  var id: Int64?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.contact, .duplicates(of: id))
  }
}
