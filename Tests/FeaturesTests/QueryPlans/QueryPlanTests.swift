internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

/// What is asked all day long goes by indexes, behind row-level security and with statistics, whoever asks.
@Suite("Plans of the statements that are asked all day", .timeLimit(.minutes(5)))
struct QueryPlanTests {
  private func statements(
    _ filled: FilledCompany
  ) -> [(name: String, statement: BoundStatement)] {
    let tenant = Parameter.integer(filled.company.id)
    let list = { (change: (inout CardFilter) -> Void) in
      var filter = CardFilter()
      change(&filter)
      return filter.statement(tenant: filled.company.id, kind: .deal, fetch: 51)
    }
    let none = Parameter.null
    let audit = { (bound: [Parameter]) in [tenant, 51] + bound }
    return [
      ("deal.get", CardStatements.getWithNext(tenant, 15_000, .text("deal"))),
      ("deal.get with lines", LineStatements.getDeal(tenant, 15_000, .text("deal"))),
      (
        "deal.get before a step",
        CardStatements.getForStep(asksContact: true, asksInvoice: true)(
          tenant, 15_000, .text("deal"))
      ),
      ("deal.list", list { _ in }),
      ("deal.list, a later page", list { $0.after = 9000 }),
      ("deal.list by pipeline", list { $0.pipeline = filled.pipeline }),
      (
        "deal.list by stage",
        list {
          $0.pipeline = filled.pipeline
          $0.stage = filled.stage
          $0.outcome = .open
        }
      ),
      ("deal.list by responsible", list { $0.responsible = filled.seller }),
      (
        "deal.list of paused ones",
        list { $0.paused = (true, at: filled.company.installation.clock.now) }
      ),
      ("deal.list by contact", list { $0.contact = 15_000 }),
      (
        "deal.board, its cards",
        BoardStatements.cards(tenant, .integers([filled.stage, filled.stage + 1]), 20)
      ),
      (
        "contact.list by phone",
        ContactStatements.list(
          tenant, none, 51, .text("+79160015000"), none, none, none)
      ),
      (
        "contact.list by name",
        ContactStatements.listByName(
          tenant, none, 51, none, none, .text("client 15000"), none, .text("\u{1}client\u{2}15000"),
          .text("\u{1}client\u{2}15001"))
      ),
      (
        "company.list by phone",
        ClientCompanyStatements.list(tenant, none, 51, none, .text("+79160015000"), none)
      ),
      (
        "company.list by name",
        ClientCompanyStatements.listByName(
          tenant, none, 51, .text("firm 15000"), none, none, .text("\u{1}firm\u{2}15000"),
          .text("\u{1}firm\u{2}15001"))
      ),
      ("contact.get", ContactStatements.get(tenant, 15_000)),
      ("deal.history", CardStatements.history(tenant, 15_000, none, 51)),
      (
        "activity.list", ActivityStatements.list(tenant, 15_000, none, 51, none)
      ),
      ("activity.get", ActivityStatements.get(tenant, 15_000)),
      ("note.list", NoteStatements.list(tenant, 15_000, none, 51)),
      (
        "audit.list",
        AuditStatements.list.bind(audit([none, none, none, none, none, none, none, none]))
      ),
      (
        "audit.list of a card",
        AuditStatements.listOfSubject.bind(
          audit([none, none, none, none, none, none, none, .text("deal"), .text("15000")]))
      ),
    ]
  }

  @Test(
    "None of them reads a whole table, or all of a company, of cards, contacts, notes, history or audit"
  )
  func indexes() async throws {
    let filled = try await FilledCompany.shared()
    for (name, statement) in statements(filled) {
      for user in [filled.owner, filled.seller] {
        let plan = try await filled.plan(of: statement, as: user)
        for table in [
          "card", "contact", "company", "card_word", "note", "activity", "card_history", "stay",
          "audit", "card_pause",
        ] {
          let scan = plan.split(separator: "\n").first {
            $0.contains("Seq Scan on \(table) ") || $0.hasSuffix("Seq Scan on \(table)")
          }
          #expect(scan == nil, "\(name) as \(user):\n\(plan)")
        }
        #expect(plan.contains("Index"), "\(name) as \(user):\n\(plan)")
        #expect(Self.cost(of: plan) < Self.dearest, "\(name) as \(user):\n\(plan)")
      }
    }
  }

  @Test(
    "Values of fields are looked up by their keys, rare ones and common ones, by lists and boards")
  func keys() async throws {
    let filled = try await FilledCompany.shared()
    let list = { (index: CardFieldIndex) in
      var filter = CardFilter()
      filter.pipeline = filled.pipeline
      filter.after = 20_000
      filter.index = index
      filter.fields = nil
      return filter.statement(tenant: filled.company.id, kind: .deal, fetch: 51)
    }
    let rare = FieldKeyRange("\u{1}7=0000000000004000")
    let board = { (statement: Statement, more: [Parameter]) in
      statement.bind(
        [.integer(filled.company.id), .integer(filled.pipeline)]
          + Array(repeating: .null, count: 6) + more + [rare].parameters)
    }
    let statements = [
      ("a rare value", list(.places([rare]))),
      ("rare values", list(.places([rare, FieldKeyRange("\u{1}7=0000000000004001")]))),
      ("a common value", list(.key("\u{1}8=0000000000000000"))),
      ("a board's counts", board(BoardStatements.counts(by: .places([rare])), [])),
      (
        "a board's cards",
        board(BoardStatements.cards(by: .places([rare])), [.integers([filled.stage]), 20])
      ),
    ]
    for (name, statement) in statements {
      for user in [filled.owner, filled.seller] {
        let plan = try await filled.plan(of: statement, as: user)
        #expect(!plan.contains("Seq Scan"), "\(name) as \(user):\n\(plan)")
        #expect(plan.contains("card_word_pkey"), "\(name) as \(user):\n\(plan)")
        let condition = plan.split(separator: "\n").first {
          $0.contains("Index Cond") && $0.contains("word ")
        }
        #expect(condition?.contains("tenant_id = ") == true, "\(name) as \(user):\n\(plan)")
        let isRange =
          condition?.contains("word >= ") == true && condition?.contains("word < ") == true
        #expect(
          isRange || condition?.contains("word = ") == true, "\(name) as \(user):\n\(plan)")
        let limit = plan.split(separator: "\n").first { $0.contains("Sort") }
        if name == "a common value" { #expect(limit == nil, "\(plan)") }
      }
    }
  }

  @Test("What was closed in a period is read through its index, with and without a pipeline")
  func closed() async throws {
    let filled = try await FilledCompany.shared()
    let start = filled.company.installation.clock.now
    for pipeline in [nil, filled.pipeline] {
      var filter = CardFilter()
      filter.pipeline = pipeline
      filter.closed = ClosingPeriod(start: start, end: start.adding(seconds: 86_400))
      let statement = filter.statement(tenant: filled.company.id, kind: .deal, fetch: 51)
      for user in [filled.owner, filled.seller] {
        let plan = try await filled.plan(of: statement, as: user)
        #expect(!plan.contains("Seq Scan") && plan.contains("card_closed"), "\(plan)")
      }
    }
  }

  @Test("Who sees a few people's cards alone is given these, by lists and boards")
  func people() async throws {
    let filled = try await FilledCompany.shared()
    let tenant = Parameter.integer(filled.company.id)
    let index = CardFieldIndex.people([filled.seller])
    let list = { (isWithNext: Bool) in
      var filter = CardFilter()
      filter.index = index
      filter.withNext = isWithNext
      return filter.statement(tenant: filled.company.id, kind: .deal, fetch: 51)
    }
    let board =
      [tenant, .integer(filled.pipeline)] + Array(repeating: .null, count: 6) as [Parameter]
    let statements = [
      ("a list", list(false)), ("a list with activities", list(true)),
      ("a board's counts", BoardStatements.counts(by: index).bind(board + index.parameters)),
      (
        "a board's cards",
        BoardStatements.cards(by: index).bind(
          board + [.integers([filled.stage]), 20] + index.parameters)
      ),
      (
        "how many they have",
        CardListStatements.countOfPeople.bind([tenant] + index.parameters + [501])
      ),
    ]
    for (name, statement) in statements {
      for user in [filled.owner, filled.seller] {
        let plan = try await filled.plan(of: statement, as: user)
        #expect(!plan.contains("Seq Scan"), "\(name) as \(user):\n\(plan)")
        #expect(plan.contains("card_responsible"), "\(name) as \(user):\n\(plan)")
      }
    }
  }

  @Test("A page with next activities asks for nothing but its cards")
  func nextActivities() async throws {
    let filled = try await FilledCompany.shared()
    var filter = CardFilter()
    filter.pipeline = filled.pipeline
    filter.withNext = true
    let statement = filter.statement(tenant: filled.company.id, kind: .deal, fetch: 51)
    for user in [filled.owner, filled.seller] {
      let plan = try await filled.plan(of: statement, as: user)
      #expect(!plan.contains("Seq Scan") && !plan.contains("activity"), "\(plan)")
      #expect(Self.cost(of: plan) < Self.dearest, "\(plan)")
    }
  }

  @Test("A seller's day is made of the seller's cards, and of no whole table")
  func myDay() async throws {
    let filled = try await FilledCompany.shared()
    let key: [Parameter] = [.integer(filled.company.id), .integer(filled.seller)]
    let statements = [
      MyDayStatements.planned.bind(
        key + [.text("0001-01-01T00:00:00Z"), .text("2030-01-01T00:00:00Z"), 100]),
      MyDayStatements.unanswered.bind(key + [100]),
      MyDayStatements.neglected.bind(
        key + [100, .timestamp(filled.company.installation.clock.now)]),
    ]
    for statement in statements {
      for user in [filled.owner, filled.seller] {
        let plan = try await filled.plan(of: statement, as: user)
        #expect(!plan.contains("Seq Scan"), "as \(user):\n\(plan)")
      }
    }
  }

  @Test("Control: what reads the whole company is dear, and without indexes a whole table is read")
  func control() async throws {
    let filled = try await FilledCompany.shared()
    let statement = Statement("select count(*) from card c where c.title = $1::text")(.text("x"))
    let plan = try await filled.plan(of: statement, as: filled.owner)
    #expect(Self.cost(of: plan) > Self.dearest, "\(plan)")
    let list = try #require(statements(filled).first { $0.name == "deal.list by pipeline" })
    let bare = try await filled.plan(
      of: list.statement, as: filled.seller, behind: Self.withoutIndexes())
    #expect(bare.contains("Seq Scan on card"), "\(bare)")
  }

  /// What a plan may cost: a tenth of reading all cards of the company.
  private static let dearest = 250.0

  private static let withoutIndexes = Statement(
    """
    select set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true)
    """)

  /// The cost of all of a plan, by its first line: `Limit  (cost=0.29..12.50 rows=1 width=8)`.
  private static func cost(of plan: String) -> Double {
    guard let range = plan.firstRange(of: ".."),
      let end = plan[range.upperBound...].firstIndex(of: " ")
    else { return .infinity }
    return Double(plan[range.upperBound..<end]) ?? .infinity
  }
}
