internal import ArgumentParser
internal import Console

/// `voronka product update PRODUCT`.
struct ProductUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Give a product another name or price.")

  @Argument(help: "The product, by id or name.")
  var product: String

  @Option(help: "Its new name.")
  var name: String?

  @Option(help: "Its new price.")
  var price: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ProductCommand(.update(product, name: name, price: price))
  }
}
