internal import ArgumentParser
internal import Console

/// `voronka user absent [USER] --until DAY`.
struct UserAbsent: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "absent",
    abstract: "Say until when you, or one of your team, are away: no rule gives them cards then.",
    discussion: """
      voronka user absent --until 2026-08-14
      voronka user absent boris@mebel.example --until 2026-08-14
      voronka user absent boris@mebel.example --back
      """)

  @Argument(help: "A user by id, e-mail or name; you yourself where it is absent.")
  var user: String?

  @Option(help: "The last day away, such as 2026-08-14.")
  var until: String?

  @Flag(help: "They are there again.")
  var back = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard (until == nil) == back else {
      throw ValidationError("Say --until with the last day away, or --back.")
    }
  }

  func command() throws -> any ConsoleCommand {
    UserCommand(.absent(user, until: until))
  }
}
