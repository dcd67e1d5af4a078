internal import ArgumentParser
internal import Console

/// `voronka call METHOD …`.
struct Call: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Call any method of the server.",
    discussion: """
      voronka call deal.get id=5
      voronka call deal.create '{"title": "Kitchen", "pipeline": 2}'
      echo '{"tenant": …}' | voronka call auth.login -

      A value is taken as JSON unless the method wants a string there. Without --output the result \
      is a table on a terminal and JSON elsewhere. voronka help METHOD describes a method.
      """)

  @Argument(help: "The method's name.")
  var method: String

  @Argument(help: "The params: one JSON object, - for one on standard input, or name=value pairs.")
  var params: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    CallCommand(method: method, arguments: params)
  }
}
