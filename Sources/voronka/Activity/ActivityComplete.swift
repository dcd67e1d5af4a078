internal import ArgumentParser
internal import Console

/// `voronka activity complete ID`.
struct ActivityComplete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Tell what was done, and plan what comes next.")

  @Argument(help: "The activity's id.")
  var id: Int64

  @Option(help: "What came of it.")
  var outcome: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(
    help: "What comes next: call, email, meeting, message, task, or one of the company's own.")
  var next: String?

  @Option(help: "When that is to be done, with its zone.")
  var due: String?

  @Option(help: "What that is about.")
  var subject: String?

  func validate() throws {
    guard (next == nil) == (due == nil) else {
      throw ValidationError("--next and --due go together.")
    }
    guard subject == nil || next != nil else {
      throw ValidationError("--subject is that of --next.")
    }
  }

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    let following = next.flatMap { type in
      due.map { ActivityCommand.Next(type: type, due: $0, subject: subject) }
    }
    return ActivityCommand(.complete(id: id, outcome: outcome, next: following, status: status))
  }
}
