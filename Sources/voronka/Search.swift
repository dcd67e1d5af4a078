internal import ArgumentParser
internal import Console

/// `voronka search WORDS…`.
struct Search: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find leads and deals by words, newest first.",
    discussion: """
      voronka search ivan kitchen
      voronka search '8 (916) 123-45-67'
      voronka search petr@client.example --outcome open

      By title, number, the contact's name, phone number and e-mail address, the company, and fields \
      that are searchable. All words have to be found, each by its beginning.
      """)

  @Argument(help: "Words, a phone number, an e-mail address, a card's number.")
  var words: [String]

  @Option(help: "lead or deal.")
  var kind: String?

  @Option(help: "Of one pipeline, by id or name.")
  var pipeline: String?

  @Option(help: "open, won or lost.")
  var outcome: String?

  @Option(help: "How many at most, up to 500.")
  var limit: Int = 50

  @Option(help: "Where the last page ended.")
  var after: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = SearchCommand.Filter()
    filter.kind = kind
    filter.pipeline = pipeline
    filter.outcome = outcome
    filter.limit = limit
    filter.after = after
    return SearchCommand(words: words, filter: filter)
  }
}
