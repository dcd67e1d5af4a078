internal import ArgumentParser
internal import Console

/// `voronka doctor`.
struct Doctor: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Look whether an installation keeps its companies apart, and is well.",
    discussion: """
      For the operator, on a live installation. Looks at the database's role, row-level security, \
      settings, versions, clock and disk; makes two companies of its own and tries every method across \
      them; takes them away again. Reads come first: where one of them shows what it must not, nothing \
      is written. No other company is touched. Status 0: all is well, or somebody should look at a \
      warning; 1: there is a fault.
      """)

  @Option(
    help: ArgumentHelp(
      "The code of the plan for the two companies.",
      discussion: "Without it the active plan with the most room; where there is none, one is made."
    ))
  var plan: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { DoctorCommand(plan: plan) }
}
