internal import ArgumentParser
internal import Console

/// `voronka lead create TITLE`.
struct LeadCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a lead.")

  @Argument(help: "What it is about.")
  var title: String

  @Option(help: "The client's name.")
  var name: String?

  @Option(help: "The client's phone.")
  var phone: String?

  @Option(help: "The client's e-mail.")
  var email: String?

  @Option(help: "Where the request came from.")
  var source: String?

  @Option(help: "A user by id, e-mail or name.")
  var responsible: String?

  @Option(name: .customLong("field"), help: "A custom field: key=value; may be repeated.")
  var fields: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = LeadCreateCommand.Draft(title: title)
    draft.name = name
    draft.phone = phone
    draft.email = email
    draft.source = source
    draft.responsible = responsible
    draft.fields = fields
    return LeadCreateCommand(draft: draft)
  }
}
