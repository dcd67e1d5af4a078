internal import ArgumentParser
internal import Console

/// `voronka company update ID`.
struct ClientCompanyUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a company: what is not said stays.")

  @Argument(help: "The company's id.")
  var id: Int64

  @Option(help: "What the company is called.")
  var name: String?

  @Option(help: "A phone number, the one to call first; repeated, they are all there are.")
  var phone: [String] = []

  @Option(help: "An e-mail address, the one to write to first; repeated, they are all there are.")
  var email: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = ClientDraft(name: name)
    draft.phones = phone
    draft.emails = email
    return ClientCommand(.company, .update(id, draft))
  }
}
