internal import ArgumentParser
internal import Console

/// `voronka help [SUBCOMMAND … | METHOD]`.
struct Help: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Help on a subcommand, or on a method of the server such as deal.create.")

  @Argument(help: "A method's name, or subcommands.")
  var topic: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    guard topic.count == 1, let method = topic.first, method.contains(".") else {
      throw CleanExit.message(Voronka.helpMessage(for: try Self.subcommand(topic)))
    }
    return MethodHelpCommand(method: method)
  }

  private static func subcommand(_ names: [String]) throws -> any ParsableCommand.Type {
    try names.reduce(Voronka.self as any ParsableCommand.Type) { parent, name in
      let configuration = parent.configuration
      let children =
        configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
      guard let child = children.first(where: { $0._commandName == name }) else {
        throw ValidationError("There is no subcommand \"\(name)\".")
      }
      return child
    }
  }
}
