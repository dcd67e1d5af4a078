internal import SalesRules
internal import Testing

@Suite struct FunnelShapeTests {
  @Test func `Nothing counted yet is no shape`() {
    #expect(FunnelShape([]).verdict == .empty)
    #expect(FunnelShape([count(1, 0), count(2, 0)]).verdict == .empty)
  }

  @Test(arguments: [
    ([100, 80, 50, 20], FunnelVerdict.funnel), ([100, 100, 100], .funnel), ([100, 105], .funnel),
    ([100, 106], .colander), ([10, 50, 20], .colander), ([100, 20, 30], .colander),
    ([0, 5], .colander),
    ([5], .funnel), ([100, 0, 0], .funnel),
  ]) func `A funnel narrows, a colander does not`(_ widths: [Int], _ verdict: FunnelVerdict) {
    let shape = FunnelShape(widths.enumerated().map { count(Int64($0.offset), $0.element) })
    #expect(shape.verdict == verdict)
    #expect(shape.findings.contains { $0.kind == .grows } == (verdict == .colander))
  }

  @Test func `Each growth is found at the stage where it is`() {
    let shape = FunnelShape([count(1, 10), count(2, 50), count(3, 20), count(4, 30)])
    #expect(
      shape.findings == [
        FunnelFinding(.grows, stage: 2, count: 50, outOf: 10),
        FunnelFinding(.grows, stage: 4, count: 30, outOf: 20),
      ])
  }

  @Test func `Skips, losses and piles are findings from ten cards on and make no verdict`() {
    let shape = FunnelShape([
      FunnelStageCount(stage: 1, entered: 100, reached: 100, lost: 30, open: 1),
      FunnelStageCount(stage: 2, entered: 10, reached: 60, lost: 1, open: 2),
      FunnelStageCount(stage: 3, entered: 10, reached: 50, lost: 2, open: 40),
    ])
    #expect(
      shape.findings == [
        FunnelFinding(.losesMost, stage: 1, count: 30, outOf: 33),
        FunnelFinding(.skipped, stage: 2, count: 50, outOf: 60),
        FunnelFinding(.skipped, stage: 3, count: 40, outOf: 50),
        FunnelFinding(.pilesUp, stage: 3, count: 40, outOf: 43),
      ])
    #expect(shape.verdict == .funnel)
    #expect(shape.findings.allSatisfy { $0.sentence.hasSuffix(".") })
    let few = FunnelShape([
      FunnelStageCount(stage: 1, entered: 9, reached: 18, lost: 9, open: 0),
      FunnelStageCount(stage: 2, entered: 1, reached: 9, lost: 0, open: 9),
    ])
    #expect(few.findings.isEmpty)
  }

  @Test func `Ways out are measured by what leads to them, and not by one another`() {
    let shape = FunnelShape([
      count(1, 100), count(2, 60), count(3, 5, isExit: true), count(4, 50, isExit: true),
    ])
    #expect(shape.verdict == .funnel && shape.findings.isEmpty)
    let grown = FunnelShape([count(1, 10), count(2, 5, isExit: true), count(3, 20, isExit: true)])
    #expect(grown.findings == [FunnelFinding(.grows, stage: 3, count: 20, outOf: 10)])
    let rarely = FunnelShape([
      FunnelStageCount(stage: 1, entered: 100, reached: 100),
      FunnelStageCount(stage: 2, entered: 1, reached: 60, isExit: true),
    ])
    #expect(rarely.findings.isEmpty)
  }

  private func count(_ stage: Int64, _ entered: Int, isExit: Bool = false) -> FunnelStageCount {
    FunnelStageCount(stage: stage, entered: entered, reached: entered, isExit: isExit)
  }
}
