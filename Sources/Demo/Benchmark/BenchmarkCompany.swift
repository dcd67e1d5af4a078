public import JSON
public import SalesRules

/// One of many companies to measure with: ten people in three teams, three pipelines, as many deals as
/// wanted. Each deal is made from its number alone, so rows can be streamed and none need be kept.
public struct BenchmarkCompany: Sendable {
  /// Which of the companies, from 1.
  public let number: Int
  /// How many deals it has, over all pipelines.
  public let deals: Int
  /// What the deals are drawn from.
  public let seed: UInt64

  private let today: Int
  private let stages: [String]
  private let won: String
  private let lost: String

  /// The template of its pipelines.
  public static let template = PipelineTemplate.named("sales") ?? PipelineTemplate.all[0]
  /// How many deal pipelines it has.
  public static let pipelineCount = 3
  /// How many companies are among its clients.
  public static let clientCompanyCount = 50

  private static let peopleCount = 10
  private static let teamCount = 3

  /// Company of that number with so many deals, as they are on a day.
  public init(number: Int, deals: Int, seed: UInt64, today: CalendarDate) {
    self.number = number
    self.deals = max(0, deals)
    self.seed = seed
    self.today = today.daysSince1970
    let pipeline = Self.template.localized(.en)
    stages = pipeline.openStages.map(\.name)
    won = pipeline.name(of: .won)
    lost = pipeline.name(of: .lost)
  }

  /// Its short name.
  public var slug: String { "bench-\(padded(number, 4))" }

  /// Its name.
  public var name: String { "Benchmark \(number)" }

  /// The name of a team or of a pipeline, from 0.
  public static func teamName(_ index: Int) -> String { "Team \(index + 1)" }

  /// The name of a pipeline, from 0.
  public static func pipelineName(_ index: Int) -> String { "Sales \(index + 1)" }

  /// The address of its first admin.
  public var adminEmail: String { "admin@\(slug).example" }

  /// The rows of its people: the first three lead a team each.
  public var people: [JSONObject] {
    (0..<Self.peopleCount).map { index in
      var row: JSONObject = [
        "external_id": .string(email(index)), "name": .string("Seller \(index + 1)"),
        "email": .string(email(index)),
        "team": [.string(Self.teamName(index % Self.teamCount))],
      ]
      if index < Self.teamCount { row["lead"] = true }
      return row
    }
  }

  /// The rows of the companies among its clients.
  public var clientCompanies: [JSONObject] {
    (0..<Self.clientCompanyCount).map { index in
      ["external_id": .string("C-\(index)"), "name": .string("Client \(index + 1)")]
    }
  }

  /// The numbers of the deals in a pipeline, from 0.
  public func dealNumbers(pipeline: Int) -> StrideTo<Int> {
    stride(from: pipeline, to: deals, by: Self.pipelineCount)
  }

  /// The row of the deal of a number: three quarters are closed, the open ones lie mostly in front.
  public func deal(_ number: Int) -> JSONObject {
    var random = RandomSource(seed: seed &+ UInt64(truncatingIfNeeded: self.number), "deal", number)
    let seconds = random.within(3600...(365 * 86_400))
    let created = Int64(today) * 86_400 - Int64(seconds)
    let amount = Double(random.within(5...60)) * 1000 * Spread.price.factor(&random)
    // The smaller of two draws: a funnel narrows.
    let stage = min(random.below(stages.count), random.below(stages.count))
    var row: JSONObject = [
      "external_id": .string("D-\(number)"), "title": .string("Deal \(number + 1)"),
      "amount": .string("\(Int(amount)).00"),
      "company": .string("C-\(random.below(Self.clientCompanyCount))"),
      // Sellers of the pipeline's own team.
      "responsible": .string(
        email(
          number % Self.pipelineCount + Self.teamCount
            * random.below(Self.peopleCount / Self.teamCount)
        )),
      "source": .string(random.pick(Self.sources)),
    ]
    let lived = min(Int64(random.within(1...60)) * 86_400, Int64(seconds) - 60)
    let end = random.unit()
    if end < 0.75 {
      row["stage"] = .string(end < 0.4 ? won : lost)
      row["opened_in"] = .string(end < 0.4 ? stages[stages.count - 1] : stages[stage])
      row["closed_at"] = .string(Self.time(created + lived))
    } else {
      row["stage"] = .string(stages[stage])
    }
    row["created_at"] = .string(Self.time(created))
    return row
  }

  private static let sources = ["site form", "call", "messenger", "exhibition"]

  private func email(_ index: Int) -> String { "seller\(index + 1)@\(slug).example" }

  private static func time(_ seconds: Int64) -> String {
    (Timestamp(microsecondsSince1970: seconds * 1_000_000) ?? .earliest).description
  }
}
