internal import ArgumentParser

/// `voronka deal …`.
struct Deal: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with deals.",
    subcommands: [
      DealList.self, DealShow.self, DealCreate.self, DealUpdate.self, DealMove.self, DealWin.self,
      DealLose.self,
      DealReopen.self, DealCopy.self, DealAssign.self, DealLines.self,
      DealPause.self, DealResume.self,
      DealHistory.self, DealDelete.self,
    ])
}
