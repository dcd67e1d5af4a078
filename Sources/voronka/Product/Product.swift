internal import ArgumentParser

/// `voronka product …`.
struct Product: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with what the company sells.",
    subcommands: [ProductList.self, ProductCreate.self, ProductUpdate.self])
}
