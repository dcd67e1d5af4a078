internal import ArgumentParser
internal import Console

/// `voronka contact update ID`.
struct ContactUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a contact: what is not said stays.")

  @Argument(help: "The contact's id.")
  var id: Int64

  @Option(help: "What the contact is called.")
  var name: String?

  @Option(help: "A phone number, the one to call first; repeated, they are all there are.")
  var phone: [String] = []

  @Option(help: "An e-mail address, the one to write to first; repeated, they are all there are.")
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
    return ClientCommand(.contact, .update(id, draft))
  }
}
