internal import ArgumentParser
internal import Console

/// `voronka company list`.
struct ClientCompanyList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the clients' companies that you may see.")

  @Option(help: "How the name begins.")
  var name: String?

  @Option(help: "A phone number in any spelling.")
  var phone: String?

  @Option(help: "An e-mail address.")
  var email: String?

  @Option(help: "How many at most, up to 500; all without it.")
  var limit: Int?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = ClientFilter()
    filter.name = name
    filter.phone = phone
    filter.email = email
    filter.limit = limit
    return ClientCommand(.company, .list(filter))
  }
}
