internal import ArgumentParser

/// `voronka lead …`.
struct Lead: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with leads.",
    subcommands: [
      LeadList.self, LeadShow.self, LeadCreate.self, LeadUpdate.self, LeadMove.self,
      LeadConvert.self, LeadAssign.self, LeadLose.self, LeadPause.self, LeadResume.self,
    ])
}
