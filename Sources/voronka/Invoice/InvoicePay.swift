internal import ArgumentParser
internal import Console

/// `voronka invoice pay ID`.
struct InvoicePay: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "pay", abstract: "Note that money came in on an invoice.")

  @Argument(help: "The invoice's id.")
  var id: Int64

  @Option(help: "How much. Default: all that is still to be paid.")
  var amount: String?

  @Option(help: MomentHelp.of("When. Default: now"))
  var at: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { InvoiceCommand(.pay(id, amount: amount, at: at)) }
}
