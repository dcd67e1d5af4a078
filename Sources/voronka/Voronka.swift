internal import ArgumentParser
internal import Console

/// `voronka`: the console.
struct Voronka: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voronka",
    abstract: "The console of a Voronka server: sales pipelines from the command line.",
    discussion: """
      Exit status: 0 done, 1 the server answered with an error (on standard error) or not \
      everything could be done or printed, 2 wrong usage, 3 the server can't be reached.
      """,
    version: Console.version,
    subcommands: [Help.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Who you are:",
        subcommands: [Login.self, Logout.self, WhoAmI.self, Accept.self, Token.self]),
      CommandGroup(
        name: "Sales:",
        subcommands: [
          My.self, Search.self, Board.self, Work.self, Funnel.self, Lead.self, Deal.self,
          Note.self, Activity.self, Contact.self, ClientCompany.self, Product.self, Invoice.self,
          Pipeline.self, StageGroup.self, Watch.self,
        ]),
      CommandGroup(
        name: "The company:",
        subcommands: [
          Setup.self, Settings.self, Reason.self, ContactStatus.self, ActivityType.self, Team.self,
          User.self, Grant.self, Access.self, Import.self, Export.self, Usage.self, Support.self,
          Audit.self,
        ]),
      CommandGroup(name: "The operator:", subcommands: [Tenant.self, Plan.self, Doctor.self]),
      CommandGroup(name: "Everything:", subcommands: [Call.self, Methods.self]),
    ])
}
