internal import ArgumentParser
internal import Console

/// `voronka invoice show ID`.
struct InvoiceShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an invoice with its payments.")

  @Argument(help: "The invoice's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { InvoiceCommand(.show(id)) }
}
