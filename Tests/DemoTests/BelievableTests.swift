import SalesRules
import Testing

@testable import Demo

@Suite("The furniture company's figures")
struct BelievableTests {
  @Test(
    "Conversions are those of a living company, whatever the seed",
    arguments: 1...8 as ClosedRange<UInt64>)
  func conversions(seed: UInt64) {
    let company = FurnitureCompany(FurnitureSettings(seed: seed), today: today)
    #expect((0.38...0.62).contains(company.leads.conversion))
    #expect((0.2...0.5).contains(company.deals["general"]!.conversion))
    #expect((0.25...0.65).contains(company.deals["services"]!.conversion))
    let open = company.allDeals.count { $0.outcome == .open }
    #expect((10...90).contains(open))
    #expect(company.leads.contains { $0.outcome == .open })
  }

  @Test("Every seller has work, open and closed, and some sell better than others")
  func sellers() {
    for (direction, deals) in usualCompany.deals {
      let team = usualCompany.colleagues.filter { $0.team == direction }
      #expect(team.count == 5)
      let own = team.map { colleague in deals.filter { $0.responsible == colleague.email } }
      #expect(own.allSatisfy { $0.count >= 5 })
      #expect(own.count { $0.contains { $0.outcome == .open } } >= 4)
      let rates = own.map(\.conversion)
      #expect(rates.max()! - rates.min()! > 0.1)
    }
    for person in usualCompany.colleagues where person.team == "first_line" {
      #expect(usualCompany.leads.count { $0.responsible == person.email } > 100)
    }
  }

  @Test(
    "Goods make a funnel, services a colander, and there is something to find",
    arguments: 1...8 as ClosedRange<UInt64>)
  func shapes(seed: UInt64) {
    let company = FurnitureCompany(FurnitureSettings(seed: seed), today: today)
    let directions = CompanyPlan(FurnitureCompany.template, .ru).directions
    let shapes = directions.map { company.shape($0) }
    #expect(shapes.map(\.verdict) == [.funnel, .colander])
    #expect(shapes[1].findings.contains { $0.kind == .grows })
  }

  @Test("Some deals fall back, some skip, some stand still for weeks")
  func wrongMoves() {
    let stages = PipelineTemplate.named("sales")!.localized(.ru).stages.map(\.name)
    let places = usualCompany.allDeals.map {
      $0.events.compactMap { stages.firstIndex(of: $0.stage) }
    }
    let steps = places.map { Array(zip($0, $0.dropFirst())) }
    #expect(steps.contains { $0.contains { $0.1 < $0.0 } })
    let openDeals = usualCompany.allDeals.filter { $0.outcome == .open }
    let monthAgo = usualCompany.zone.moment(day: today.daysSince1970 - 30, second: 0)
    #expect(openDeals.contains { $0.events.last!.at < monthAgo })
    #expect(openDeals.contains { $0.events.last!.at > monthAgo })
  }

  @Test("Sellers move deals on working days between nine and seven, or somewhat later")
  func workingHours() {
    for deal in usualCompany.allDeals {
      for event in deal.events.dropFirst() {
        let (day, second) = usualCompany.zone.place(of: event.at)
        #expect(WorkWeek.weekday(day) < 5)
        #expect((32_400..<68_400).contains(second))
      }
    }
  }

  @Test("Requests come all year and every day, more in autumn than in January")
  func seasons() {
    let company = FurnitureCompany(FurnitureSettings(deals: 4000), today: today)
    let months = company.leads.compactMap { company.zone.day(of: $0.createdAt)?.month }
    let counts = (1...12).map { month in months.count { $0 == month } }
    #expect(counts.allSatisfy { $0 > 150 })
    #expect(counts[9] > counts[0] * 5 / 4)
    let weekdays = Set(
      company.leads.map { WorkWeek.weekday(company.zone.place(of: $0.createdAt).day) })
    #expect(weekdays.count == 7)
  }

  @Test("Sources differ in how many of their leads are passed on")
  func sources() {
    let company = FurnitureCompany(FurnitureSettings(deals: 4000), today: today)
    let bySource = Dictionary(grouping: company.leads, by: \.source).mapValues(\.conversion)
    #expect(bySource.count == 4)
    #expect(bySource["звонок"]! > bySource["выставка"]! + 0.1)
  }

  @Test("Some clients come again")
  func repeats() {
    let clients = Dictionary(grouping: usualCompany.leads, by: \.client)
    #expect(clients.values.contains { $0.count > 1 })
    #expect(clients.count > usualCompany.leads.count * 8 / 10)
  }
}
