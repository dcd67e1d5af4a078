internal import ArgumentParser
internal import Console

/// `voronka invoice list`.
struct InvoiceList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List invoices by the day they are due.")

  @Option(help: "Of this deal, by id.")
  var deal: Int64?

  @Option(help: "open, paid or cancelled.")
  var state: String?

  @Flag(help: "Only open ones whose last day is over.")
  var overdue = false

  @Option(help: "Due on this day or later.")
  var from: String?

  @Option(help: "Due on this day or earlier.")
  var to: String?

  @Option(help: "How many at most, up to 500.")
  var limit: Int = 50

  @Option(help: "Where the last page ended.")
  var after: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = InvoiceFilter()
    filter.deal = deal
    filter.state = state
    filter.overdue = overdue
    filter.from = from
    filter.to = to
    filter.limit = limit
    filter.after = after
    return InvoiceCommand(.list(filter))
  }
}
