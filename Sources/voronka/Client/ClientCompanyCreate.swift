internal import ArgumentParser
internal import Console

/// `voronka company create NAME`.
struct ClientCompanyCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Enter a company of a client's.")

  @Argument(help: "What the company is called.")
  var name: String

  @Option(help: "A phone number; may be repeated, the one to call first.")
  var phone: [String] = []

  @Option(help: "An e-mail address; may be repeated, the one to write to first.")
  var email: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = ClientDraft(name: name)
    draft.phones = phone
    draft.emails = email
    return ClientCommand(.company, .create(draft))
  }
}
