internal import ArgumentParser

/// `voronka product …`.
struct Product: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with what the company sells.",
    discussion: """
      voronka product create Table --price 9900.50
      voronka product update Table --price 10500
      """,
    subcommands: [ProductList.self, ProductCreate.self, ProductUpdate.self])
}
