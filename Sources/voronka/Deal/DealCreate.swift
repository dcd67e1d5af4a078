internal import ArgumentParser
internal import Console

/// `voronka deal create TITLE`.
struct DealCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a deal.")

  @Argument(help: "What it is called.")
  var title: String

  @Option(help: "A pipeline by id or name.")
  var pipeline: String?

  @Option(help: StageHelp.of("In which stage, and of which pipeline; default: the first"))
  var stage: String?

  @Option(help: "Such as 1200.50, or with its currency: \"1200.50 RUB\".")
  var amount: String?

  @Option(help: "A contact's id.")
  var contact: Int64?

  @Option(help: "The client's name, where no contact is given.")
  var name: String?

  @Option(help: "The client's phone.")
  var phone: String?

  @Option(help: "The client's e-mail.")
  var email: String?

  @Option(help: "Where the request came from.")
  var source: String?

  @Option(help: "A company's id.")
  var company: Int64?

  @Option(help: "A user by id, e-mail or name.")
  var responsible: String?

  @Option(name: .customLong("field"), help: "A custom field: key=value; may be repeated.")
  var fields: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = DealCreateCommand.Draft(title: title)
    draft.pipeline = pipeline
    draft.stage = stage
    draft.amount = amount
    draft.contact = contact
    draft.name = name
    draft.phone = phone
    draft.email = email
    draft.source = source
    draft.company = company
    draft.responsible = responsible
    draft.fields = fields
    return DealCreateCommand(draft: draft)
  }
}
