internal import ArgumentParser
internal import Console

/// `voronka product list`.
struct ProductList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List products.")

  @Option(help: "Only those whose names begin so.")
  var name: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { ProductCommand(.list(name: name)) }
}
