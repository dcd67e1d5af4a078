internal import SalesRules
internal import Testing

@Suite struct PlanTests {
  private static let usage: [PlanLimit: Int] = [.dealPipelines: 2, .users: 7, .robots: 3]
  private static let start = PlanLimits(
    dealPipelines: 2, stagesPerPipeline: 20, users: 10, customFields: 20, robots: 10,
    requestsPerSecond: 50)

  @Test(
    arguments: [
      (0, 1, nil), (1, 1, nil), (2, 1, 1), (2, 0, nil), (3, 0, 0), (0, 3, 3), (5, 1, 1),
    ] as [(Int, Int, Int?)])
  func `One more than the plan allows is refused`(_ used: Int, _ adding: Int, _ wanted: Int?) {
    let violation = Self.start.violation(of: .dealPipelines, used: used, adding: adding)
    #expect(
      violation
        == wanted.map { PlanViolation(limit: .dealPipelines, max: 2, used: used, adding: $0) })
  }

  @Test func `No limit is never reached, a limit of none at once`() {
    #expect(PlanLimits().violation(of: .users, used: 1_000_000) == nil)
    #expect(PlanLimits(users: 0).violation(of: .users, used: 0)?.max == 0)
    var limits = PlanLimits()
    for (number, limit) in PlanLimit.allCases.enumerated() { limits[limit] = number }
    #expect(PlanLimit.allCases.map { limits[$0] } == [0, 1, 2, 3, 4, 5])
  }

  @Test func `A downgrade is told everything it would exceed, in a fixed order`() {
    let small = PlanLimits(dealPipelines: 1, users: 5, robots: 3)
    #expect(small.violations(by: Self.usage).map(\.limit) == [.dealPipelines, .users])
    #expect(small.violations(by: [:]).isEmpty)
  }

  @Test func `Pipelines freeze from the end of the order in which they are to be kept`() {
    #expect(Self.start.frozenPipelines(inOrderOfKeeping: [7, 3, 9, 1]) == [9, 1])
    #expect(Self.start.frozenPipelines(inOrderOfKeeping: [7]) == [])
    #expect(PlanLimits(dealPipelines: 0).frozenPipelines(inOrderOfKeeping: [7, 3]) == [7, 3])
    #expect(PlanLimits().frozenPipelines(inOrderOfKeeping: [7, 3, 9]) == [])
  }

  @Test func `The cheapest plan that lifts it holds all that is there already`() throws {
    func plan(_ code: String, _ price: String?, active: Bool = true, _ limits: PlanLimits)
      -> PlanOffer
    {
      PlanOffer(
        code: code, price: price.flatMap { MoneyAmount($0) }, isActive: active, limits: limits)
    }
    let violation = try #require(Self.start.violation(of: .dealPipelines, used: 2))
    let fitting = PlanLimits(dealPipelines: 3, users: 10)
    let cases: [([PlanOffer], String?)] = [
      ([], nil),
      ([plan("same", "1", Self.start)], nil),
      ([plan("dear", "200", PlanLimits()), plan("cheap", "100", fitting)], "cheap"),
      (
        [plan("few users", "1", PlanLimits(dealPipelines: 9, users: 6)), plan("ok", "9", fitting)],
        "ok"
      ),
      ([plan("retired", "1", active: false, fitting), plan("ok", "9", fitting)], "ok"),
      ([plan("unpriced", nil, fitting), plan("priced", "9000", fitting)], "priced"),
      ([plan("unpriced", nil, fitting)], "unpriced"),
      // Of equally priced ones the one that gives least beyond the need; then by code.
      ([plan("none", "5", PlanLimits()), plan("ten", "5", PlanLimits(dealPipelines: 10))], "ten"),
      ([plan("b", "5", fitting), plan("a", "5", fitting)], "a"),
    ]
    for (plans, code) in cases {
      #expect(violation.liftedBy(plans, usage: Self.usage)?.code == code)
      #expect(violation.liftedBy(plans.reversed(), usage: Self.usage)?.code == code)
    }
  }

  @Test func `The cheapest plan with a feature holds all that is there already`() {
    func plan(_ code: String, _ price: String, _ features: Set<PlanFeature>?, users: Int? = nil)
      -> PlanOffer
    {
      PlanOffer(
        code: code, price: MoneyAmount(price), limits: PlanLimits(users: users),
        features: features)
    }
    let plans = [
      plan("dear", "9", nil), plan("fitting", "5", [.audit]), plan("without", "1", [.events]),
      plan("small", "2", [.audit], users: 6),
    ]
    #expect(plans.cheapest(with: .audit, holding: Self.usage)?.code == "fitting")
    #expect(plans.cheapest(with: .audit, holding: [:])?.code == "small")
    #expect(plans.cheapest(with: .export, holding: [:])?.code == "dear")
    #expect([plans[2]].cheapest(with: .audit, holding: [:]) == nil)
  }
}
