internal import ArgumentParser

/// `voronka deal …`.
struct Deal: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with deals.",
    discussion: """
      voronka deal create "Kitchen" --stage Sales/New --amount 250000
      voronka deal create "Wardrobe" --pipeline Sales --name Petr --phone "8 916 123-45-67" --source site
      voronka deal list --stage Sales/Measured --outcome open
      voronka deal move 5 Measured --field budget=1200
      voronka deal move 5 Services/New
      voronka deal win 5 --reason Quality --comment "They liked the oak"
      voronka deal lose 5 --reason "Too dear" --comment "Comes back in spring"
      voronka deal pause 5 --until 2026-12-01 --reason "On holiday"
      voronka deal lines 5 Table=2 "Delivery=1@1500"
      """,
    subcommands: [
      DealList.self, DealShow.self, DealCreate.self, DealUpdate.self, DealMove.self, DealWin.self,
      DealLose.self,
      DealInvalidate.self, DealReopen.self, DealCopy.self, DealAssign.self, DealLines.self,
      DealPause.self, DealResume.self,
      DealHistory.self, DealDelete.self,
    ])
}
