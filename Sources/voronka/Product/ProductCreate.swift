internal import ArgumentParser
internal import Console

/// `voronka product create NAME`.
struct ProductCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a product.")

  @Argument(help: "Its name.")
  var name: String

  @Option(help: "Its price: 9900.50, or with a currency 9900.50 RUB.")
  var price: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { ProductCommand(.create(name: name, price: price)) }
}
