import JSON
import SalesRules
import Testing

@testable import Demo

@Suite("The benchmark's companies")
struct BenchmarkCompanyTests {
  private let company = BenchmarkCompany(number: 3, deals: 5000, seed: 1, today: today)

  @Test("The same number makes the same deal, another company another one")
  func repeats() {
    let again = BenchmarkCompany(number: 3, deals: 10, seed: 1, today: today)
    let other = BenchmarkCompany(number: 4, deals: 10, seed: 1, today: today)
    for number in 0..<10 {
      #expect(again.deal(number) == company.deal(number))
      #expect(other.deal(number)["created_at"] != company.deal(number)["created_at"])
    }
  }

  @Test("Every deal is in one pipeline")
  func pipelines() {
    let numbers = (0..<BenchmarkCompany.pipelineCount).flatMap { company.dealNumbers(pipeline: $0) }
    #expect(numbers.sorted() == Array(0..<5000))
  }

  @Test("Ten people in three teams are responsible, each for deals of the team's own pipeline")
  func people() {
    #expect(company.people.count == 10)
    #expect(company.people.count { $0["lead"] == true } == 3)
    let teams = Dictionary(
      uniqueKeysWithValues: company.people.map {
        ($0["external_id"]!.string!, $0["team"]![0]!.string!)
      })
    for pipeline in 0..<BenchmarkCompany.pipelineCount {
      let responsibles = Set(
        company.dealNumbers(pipeline: pipeline).map { company.deal($0)["responsible"]!.string! })
      #expect(Set(responsibles.map { teams[$0] }) == [BenchmarkCompany.teamName(pipeline)])
      #expect(responsibles.count == 3)
    }
  }

  @Test("Deals lie in the past, close after they began, and are worth something")
  func deals() throws {
    let stages = Set(BenchmarkCompany.template.localized(.en).stages.map(\.name))
    let end = Timestamp("\(today)T00:00:00Z")!
    var closed = 0
    for number in 0..<5000 {
      let row = company.deal(number)
      let created = try #require(Timestamp(row["created_at"]!.string!))
      #expect(created < end)
      #expect(try #require(MoneyAmount(row["amount"]!.string!)) > .zero)
      #expect(stages.contains(row["stage"]!.string!))
      if let text = row["closed_at"]?.string {
        let moment = try #require(Timestamp(text))
        #expect(created < moment && moment <= end)
        closed += 1
      }
    }
    #expect((3500...4000).contains(closed))
  }
}
