internal import ArgumentParser

/// `voronka activity …`.
struct Activity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plan and do what there is to do for leads and deals.",
    discussion: """
      voronka activity plan 5 call --due "tomorrow 10:00" --subject "The offer"
      voronka activity complete 12 --outcome "Agreed" --next meeting --due "2026-12-02 15:00"
      voronka activity missed-call 5

      Moments are given by the company's time zone, or with their own: 2026-03-01T10:00:00+03:00.
      """,
    subcommands: [
      ActivityList.self, ActivityPlan.self, ActivityComplete.self, ActivityCancel.self,
      ActivityMissedCall.self, ActivityCallBack.self, ActivityIncoming.self,
    ])
}
