internal import ArgumentParser
internal import Console

/// `voronka my day`.
struct MyDay: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "day",
    abstract: "Show what is overdue, today's, incoming without an answer, and neglected.",
    discussion:
      "Moments are told by the company's time zone, by the terminal's (TZ) where that is not known."
  )

  @Option(help: "The day, as 2026-03-01; today where it is absent.")
  var date: String?

  @Option(help: "Whose day, by id, e-mail or name: for admins and leads.")
  var user: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    MyDayCommand(date: date, user: user)
  }
}
