/// The verdict on a pipeline's shape (S4: "the simplest way to check whether your funnel is built
/// right"): a funnel narrows, a colander does not.
public struct FunnelShape: Hashable, Sendable {
  /// Funnel or colander.
  public let verdict: FunnelVerdict
  /// What was found, in the order of the stages; empty where all is well.
  public let findings: [FunnelFinding]

  /// Looks at the open stages in their order.
  ///
  /// Growth makes a colander only where it is more than one card in twenty, so that a handful of skips
  /// in a large pipeline does not; every growth that counts is a finding. Losses and piles are findings
  /// from ten cards on and never make the verdict. Ways out stand beside one another: none is measured by
  /// another one, and none is skipped by who takes another.
  public init(_ stages: [FunnelStageCount]) {
    guard stages.contains(where: { $0.entered > 0 || $0.reached > 0 }) else {
      verdict = .empty
      findings = []
      return
    }
    let allLost = stages.reduce(0) { $0 + $1.lost }
    let allOpen = stages.reduce(0) { $0 + $1.open }
    var found: [FunnelFinding] = []
    var before: FunnelStageCount?
    for stage in stages {
      if let before, Self.grows(from: before, to: stage) {
        found.append(
          FunnelFinding(
            .grows, stage: stage.stage, count: Self.width(stage), outOf: Self.width(before)))
      }
      if !stage.isExit { before = stage }
      let skipped = stage.reached - stage.entered
      if !stage.isExit, skipped * 2 > stage.reached, skipped >= Self.fewest {
        found.append(
          FunnelFinding(.skipped, stage: stage.stage, count: skipped, outOf: stage.reached))
      }
      if stage.lost * 2 > allLost, stage.lost >= Self.fewest, stages.count > 1 {
        found.append(
          FunnelFinding(.losesMost, stage: stage.stage, count: stage.lost, outOf: allLost))
      }
      if stage.open * 2 > allOpen, stage.open >= Self.fewest, stage.open > allLost, stages.count > 1
      {
        found.append(FunnelFinding(.pilesUp, stage: stage.stage, count: stage.open, outOf: allOpen))
      }
    }
    findings = found
    verdict = found.contains { $0.kind == .grows } ? .colander : .funnel
  }

  private static let fewest = 10

  /// How wide the drawing is at a stage: the cards that were in it.
  private static func width(_ stage: FunnelStageCount) -> Int { stage.entered }

  private static func grows(from before: FunnelStageCount, to stage: FunnelStageCount) -> Bool {
    width(stage) * 20 > width(before) * 21
  }
}
