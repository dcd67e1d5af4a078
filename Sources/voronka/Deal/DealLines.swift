internal import ArgumentParser
internal import Console

/// `voronka deal lines ID [PRODUCT=QUANTITY… | --none]`.
struct DealLines: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lines",
    abstract: "Show what is sold with a deal, or say it: all its lines at once.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @Argument(
    help:
      "The lines from now on: Table=2, Table=2@9900.50, Table=2@9900.50-5%; without any they are shown."
  )
  var lines: [String] = []

  @Flag(help: "Take all lines away.")
  var none = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealLinesCommand(id: id, lines: lines, takesAllAway: none)
  }
}
