internal import ArgumentParser

/// `voronka activity …`.
struct Activity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plan and do what there is to do for leads and deals.",
    discussion: "Moments are given with their zone: 2026-03-01T10:00:00+03:00.",
    subcommands: [
      ActivityList.self, ActivityPlan.self, ActivityComplete.self, ActivityCancel.self,
      ActivityMissedCall.self, ActivityCallBack.self, ActivityIncoming.self,
    ])
}
