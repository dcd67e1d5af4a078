internal import ArgumentParser
internal import Console

/// `voronka invoice create DEAL`.
struct InvoiceCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Ask for money for a deal.")

  @Argument(help: "The deal's id.")
  var deal: Int64

  @Option(help: "The last day for paying: 2026-07-01.")
  var due: String

  @Option(help: "How much. Default: what is not invoiced yet.")
  var amount: String?

  @Option(help: "Its number. Default: its id.")
  var number: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    InvoiceCommand(.create(deal: deal, due: due, amount: amount, number: number))
  }
}
