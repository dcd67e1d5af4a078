internal import ArgumentParser
internal import Console

/// `voronka contact create NAME`.
struct ContactCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Enter a contact of a client's.")

  @Argument(help: "What the contact is called.")
  var name: String

  @Option(help: "A phone number; may be repeated, the one to call first.")
  var phone: [String] = []

  @Option(help: "An e-mail address; may be repeated, the one to write to first.")
  var email: [String] = []

  @Option(help: "The id of the company.")
  var company: Int64?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = ClientDraft(name: name)
    draft.phones = phone
    draft.emails = email
    draft.company = company
    return ClientCommand(.contact, .create(draft))
  }
}
