internal import ArgumentParser
internal import Console

/// `voronka deal lines ID PRODUCT=QUANTITY…`.
struct DealLines: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lines", abstract: "Say what is sold with a deal: all its lines at once.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Argument(help: "The lines: Table=2, Table=2@9900.50, Table=2@9900.50-5%; none takes all away.")
  var lines: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { DealLinesCommand(id: id, lines: lines) }
}
