internal import ArgumentParser
internal import Console

/// `voronka lead move ID STAGE`.
struct LeadMove: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move a lead to another stage; one that transfers makes a deal of it.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Argument(help: StageHelp.of("Where to"))
  var stage: String

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(help: "Into a stage that closes: a reason by id or name.")
  var reason: String?

  @Option(help: "Into a stage that closes: a comment.")
  var comment: String?

  @Option(
    name: .customLong("deal-field"),
    help: "A custom field of the deal that a transfer makes: key=value; may be repeated.")
  var dealFields: [String] = []

  @Option(name: .customLong("deal-title"), help: "What the deal is called, if not as the lead.")
  var title: String?

  @Option(name: .customLong("deal-amount"), help: "The deal's amount: 1200.50, or \"1200.50 RUB\".")
  var amount: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var extra = LeadPassCommand.Extra()
    extra.status = status
    extra.reason = reason
    extra.comment = comment
    extra.dealFields = dealFields
    extra.title = title
    extra.amount = amount
    return LeadPassCommand(id: id, to: .stage(stage), fields: fields, extra: extra)
  }
}
