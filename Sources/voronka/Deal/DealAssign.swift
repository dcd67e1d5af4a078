internal import ArgumentParser
internal import Console

/// `voronka deal assign ID USER`.
struct DealAssign: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Make somebody responsible for a deal.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealAssignCommand(id: id, user: user)
  }
}
