import JSON
import SalesRules
import Testing

@testable import Demo

@Suite("The furniture company")
struct FurnitureCompanyTests {
  @Test("The same seed on the same day makes the same company, byte by byte")
  func repeats() {
    let again = FurnitureCompany(FurnitureSettings(), today: today)
    #expect(again.wire == usualCompany.wire)
    #expect(FurnitureCompany(FurnitureSettings(seed: 2), today: today).wire != again.wire)
  }

  @Test("What was drawn for a seed stays what it is, whatever Swift and the machine")
  func isPinned() {
    var random = RandomSource(seed: 1, "pin")
    #expect((0..<3).map { _ in random.below(1000) } == [755, 507, 924])
  }

  @Test(
    "It has as many deals as were asked for, and half as many leads again",
    arguments: [0, 1, 2, 7, 60, 400, 3000], [Language.ru, .en])
  func size(deals: Int, language: Language) {
    var settings = FurnitureSettings(language: language, deals: deals, months: 6)
    settings.seed = UInt64(deals) + 3
    let company = FurnitureCompany(settings, today: today)
    #expect(company.allDeals.count == deals)
    #expect(company.leads.count == (deals * 3 + 1) / 2)
    let ids = company.leads.map(\.externalID) + company.allDeals.map(\.externalID)
    #expect(Set(ids).count == ids.count)
  }

  @Test(
    "It has the people that were asked for, each with an address of their own",
    arguments: [1, 4, 30])
  func people(sellers: Int) {
    var settings = FurnitureSettings(deals: 40, sellersPerTeam: sellers)
    settings.firstLinePeople = 3
    let company = FurnitureCompany(settings, today: today)
    #expect(company.colleagues.count == 1 + 3 + 2 * (sellers + 1) + 1)
    #expect(Set(company.colleagues.map(\.email)).count == company.colleagues.count)
    #expect(company.colleagues.count { $0.isLead } == 3)
    #expect(company.colleagues.allSatisfy { EmailAddress($0.email) != nil })
    for team in FurnitureCompany.template.teams {
      #expect(company.colleagues.count { $0.team == team.code && $0.isLead } == 1)
    }
  }

  @Test("Histories go forward in time, begin with the creation and end before today")
  func histories() {
    let start = CalendarDate(year: 2025, month: 5, day: 20)!
    for card in usualCompany.allCards {
      let moments = card.events.map(\.at)
      #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 }, "\(card.externalID)")
      #expect(card.createdAt == card.events.first?.at)
      #expect(usualCompany.zone.day(of: card.createdAt)! >= start)
      #expect(usualCompany.zone.day(of: moments.last!)! < today, "\(card.externalID)")
      #expect(card.stage == card.events.last?.stage)
      #expect(card.closedAt == (card.outcome == .open ? nil : moments.last))
    }
  }

  @Test("Cards stand in stages of their pipeline, closed ones in the stage of their outcome")
  func stages() {
    let plan = CompanyPlan(FurnitureCompany.template, .ru)
    var pipelines = [(plan.leads, usualCompany.leads)]
    pipelines += plan.directions.map { ($0.pipeline, usualCompany.deals[$0.code] ?? []) }
    for (pipeline, cards) in pipelines {
      for card in cards {
        #expect(card.events[0].stage == pipeline.openStages[0].name)
        let kinds = card.events.map { event in
          pipeline.stages.first { $0.name == event.stage }?.kind
        }
        #expect(kinds.dropLast().allSatisfy { $0 == .open }, "\(card.externalID)")
        #expect(kinds.last??.outcome == card.outcome, "\(card.externalID)")
      }
    }
  }

  @Test("Closed cards say why, from the company's list of that kind, and lost ones what was said")
  func reasons() {
    let standard = [ReasonTemplate].standard.map { $0.localized(.ru) }
    for card in usualCompany.allCards {
      let kinds = standard.filter { $0.name == card.reason }.map(\.kind)
      switch (card.kind, card.outcome) {
      case (_, .open), (.lead, .won): #expect(card.reason == nil)
      case (.deal, .won): #expect(kinds == [.win])
      case (.deal, .lost): #expect(kinds == [.loss])
      case (.lead, .lost): #expect(kinds == [.loss] || kinds == [.invalid])
      }
      if card.outcome == .lost { #expect(card.comment?.isEmpty == false, "\(card.externalID)") }
    }
    let lost = usualCompany.allDeals.filter { $0.outcome == .lost }
    #expect(Set(lost.compactMap(\.reason)).count >= 5)
  }

  @Test("Every reason that the history uses stands in the company's lists")
  func reasonsAreListed() {
    let names = Set([ReasonTemplate].standard.map(\.name.en))
    #expect(CardReason.allCases.allSatisfy { names.contains($0.rawValue) })
  }

  @Test("Amounts are positive, and known from the quotation on")
  func amounts() {
    let quotation = PipelineTemplate.named("sales")!.localized(.ru).stages
      .first { $0.code == "quotation_sent" }!.name
    for deal in usualCompany.allDeals {
      if let amount = deal.amount { #expect(amount > .zero) }
      if deal.outcome == .won || deal.events.contains(where: { $0.stage == quotation }) {
        #expect(deal.amount != nil, "\(deal.externalID)")
      }
    }
    let kitchens = usualCompany.deals["general"]!.compactMap(\.amount).max()!
    let services = usualCompany.deals["services"]!.compactMap(\.amount).min()!
    #expect(kitchens > MoneyAmount("500000")!)
    #expect(services < MoneyAmount("10000")!)
  }

  @Test("Whoever is responsible or moved a card works there, and each in their own direction")
  func responsibles() {
    let byEmail = Dictionary(
      uniqueKeysWithValues: usualCompany.colleagues.map { ($0.email, $0) })
    for card in usualCompany.allCards {
      for email in card.events.compactMap(\.by) + [card.responsible].compactMap(\.self) {
        #expect(byEmail[email] != nil)
      }
    }
    for lead in usualCompany.leads {
      if let email = lead.responsible { #expect(byEmail[email]?.team == "first_line") }
    }
    for (direction, deals) in usualCompany.deals {
      #expect(deals.allSatisfy { byEmail[$0.responsible ?? ""]?.team == direction })
    }
  }

  @Test("Contacts can be reached, at numbers and addresses that nobody has")
  func contacts() {
    for card in usualCompany.allCards {
      let phone = card.client.phone.flatMap { PhoneNumber($0, home: .russia)?.e164 }
      #expect(phone?.hasPrefix("+7900000") ?? (card.client.email != nil))
      if let email = card.client.email {
        #expect(email.hasSuffix("@client.example") && EmailAddress(email) != nil)
      }
    }
  }

  @Test("A passed-on lead is a deal of its client's within the same minute")
  func handovers() {
    let converted = usualCompany.leads.filter { $0.outcome == .won }
    for lead in converted {
      let deal = usualCompany.allDeals.first {
        $0.createdAt == lead.closedAt && $0.client == lead.client
      }
      #expect(deal?.source == lead.source, "\(lead.externalID)")
    }
    #expect(converted.count < usualCompany.allDeals.count)
  }
}
