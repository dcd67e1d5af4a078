internal import ArgumentParser
internal import Console

/// `voronka lead list`.
struct LeadList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List leads, newest first.")

  @Option(help: "A stage by id or name.")
  var stage: String?

  @Option(help: "open, won (converted) or lost.")
  var outcome: String?

  @Option(help: "Lost so: dropped, refused or vanished.")
  var lossKind: String?

  @Option(help: "Whose: a user by id, e-mail or name.")
  var responsible: String?

  @Option(help: "Where the request came from.")
  var source: String?

  @Option(name: .customLong("field"), help: CardFilterHelp.field)
  var fields: [String] = []

  @Option(help: "Only with this last-contact status, by id or name.")
  var status: String?

  @Option(help: CardFilterHelp.closedFrom)
  var closedFrom: String?

  @Option(help: CardFilterHelp.closedTo)
  var closedTo: String?

  @Option(help: "How many at most, up to 500.")
  var limit: Int = 50

  @Option(help: "Where the last page ended.")
  var after: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = DealListCommand.Filter()
    filter.stage = stage
    filter.outcome = outcome
    filter.lossKind = lossKind
    filter.responsible = responsible
    filter.source = source
    filter.fields = fields
    filter.status = status
    filter.closedFrom = closedFrom
    filter.closedTo = closedTo
    filter.limit = limit
    filter.after = after
    return DealListCommand(filter: filter, of: "lead")
  }
}
