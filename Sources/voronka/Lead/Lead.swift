internal import ArgumentParser

/// `voronka lead …`.
struct Lead: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with leads.",
    discussion: """
      voronka lead create "Kitchen" --name Petr --phone "8 916 123-45-67" --source site
      voronka lead move 7 "To services"
      voronka lead convert 7 Sales --responsible boris@mebel.example
      voronka lead assign 7 --team "First line"
      voronka lead invalidate 7 --reason "Wrong number"
      """,
    subcommands: [
      LeadList.self, LeadShow.self, LeadCreate.self, LeadUpdate.self, LeadMove.self,
      LeadConvert.self, LeadAssign.self, LeadLose.self, LeadInvalidate.self, LeadReopen.self,
      LeadPause.self, LeadResume.self, LeadHistory.self,
    ])
}
