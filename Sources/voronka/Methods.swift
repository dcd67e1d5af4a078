internal import ArgumentParser
internal import Console

/// `voronka methods`.
struct Methods: ConsoleSubcommand {
  static let configuration = CommandConfiguration(abstract: "List all methods of the server.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { MethodsCommand() }
}
