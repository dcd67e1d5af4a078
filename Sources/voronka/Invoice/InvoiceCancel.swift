internal import ArgumentParser
internal import Console

/// `voronka invoice cancel ID`.
struct InvoiceCancel: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Withdraw an invoice; asks first.")

  @Argument(help: "The invoice's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { InvoiceCommand(.cancel(id)) }
}
