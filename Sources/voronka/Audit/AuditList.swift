internal import ArgumentParser
internal import Console

/// `voronka audit`.
struct AuditList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what was changed, the newest first.",
    discussion: """
      voronka audit --user boris@mebel.example --from "2026-06-01 00:00"
      voronka audit deal:5
      voronka audit --method grant.give --output json
      """)

  @Argument(help: "Only what concerns one kind of thing, or one thing: deal, deal:5.")
  var thing: String?

  @Option(help: MomentHelp.of("Only from this moment on"))
  var from: String?

  @Option(help: "Only before this moment.")
  var to: String?

  @Option(help: "Only what this user did, by id, e-mail or name.")
  var user: String?

  @Option(help: "Only calls of this method.")
  var method: String?

  @Option(help: "How many at most, up to 500.")
  var limit = 50

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = AuditListCommand.Filter()
    filter.thing = thing
    filter.from = from
    filter.to = to
    filter.user = user
    filter.method = method
    filter.limit = limit
    return AuditListCommand(filter)
  }
}
