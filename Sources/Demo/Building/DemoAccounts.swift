internal import SalesRules
internal import VoronkaClient

/// Who can log in to the demo company, and what to type next.
public struct DemoAccounts: Sendable {
  /// One way in.
  public struct Account: Hashable, Sendable {
    /// What the person is, in English.
    public let title: String
    /// The name of a console profile that suits.
    public let profile: String
    /// The person's name.
    public let name: String
    /// The address they log in with.
    public let email: String
    /// The password.
    public let password: String
  }

  /// The company's name.
  public let company: String
  /// Its short name.
  public let slug: String
  /// How many leads it has.
  public let leads: Int
  /// How many deals it has.
  public let deals: Int
  /// An admin, a team lead, a seller, somebody of the first line, and the contractor.
  public let accounts: [Account]

  private let directions: [String]
  private let leadPipeline: String
  private let server: String

  init(_ company: FurnitureCompany, passwords: DemoPasswords, address: ServerAddress) {
    let plan = CompanyPlan(FurnitureCompany.template, company.settings.language)
    let staff = company.colleagues
    self.company = company.name
    slug = company.slug
    leads = company.leads.count
    deals = company.deals.values.reduce(0) { $0 + $1.count }
    directions = plan.directions.map(\.name)
    leadPipeline = plan.leads.name
    let isUsual = address == .tcp(host: "127.0.0.1", port: ServerAddress.defaultPort)
    server = isUsual ? "" : " --server \(address)"
    let team = plan.directions.first?.team ?? ""
    let front = Colleague.Position.member(team: plan.firstLineTeam)
    let places: [(title: String, profile: String, person: Colleague?)] = [
      ("admin", "admin", staff.first),
      ("team lead", "lead", staff.first { $0.position == .lead(team: team) }),
      ("seller", "seller", staff.first { $0.position == .member(team: team) }),
      (
        "first line", "first",
        staff.first { $0.position == front } ?? staff.first { $0.team == plan.firstLineTeam }
      ),
      ("contractor", "contractor", staff.first { $0.position == .contractor }),
    ]
    accounts = places.compactMap { place in
      place.person.map { person in
        Account(
          title: place.title, profile: place.profile, name: person.name, email: person.email,
          password: passwords.password(for: person.email))
      }
    }
  }

  /// What `voronkad demo` prints: the accounts, and commands that can be pasted as they stand.
  public var text: String {
    ([
      "The demo company \(company) (tenant \(slug)): \(leads) leads, \(deals) deals.", "",
    ] + table + [""] + commands).joined(separator: "\n") + "\n"
  }

  private var table: [String] {
    let rows =
      [["WHO", "NAME", "E-MAIL", "PASSWORD"]]
      + accounts.map { [$0.title, $0.name, $0.email, $0.password] }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return "  " + (cells + [row[3]]).joined(separator: "  ")
    }
  }

  private var commands: [String] {
    var lines: [String] = []
    for account in accounts {
      lines.append(
        "  voronka login\(server) --tenant \(slug) --email \(account.email)"
          + " --profile \(account.profile)")
    }
    let board = directions.first.map(Self.quoted) ?? ""
    lines += ["", "  voronka board \(board) --profile admin"]
    lines += directions.map { "  voronka funnel \(Self.quoted($0)) --profile admin" }
    lines += [
      "  voronka board \(board) --profile seller",
      "  voronka board \(Self.quoted(leadPipeline)) --profile first",
      "  voronka board \(Self.quoted(leadPipeline)) --profile contractor",
    ]
    return ["Log in with the password above, then look:"] + lines
  }

  /// A word as a shell takes it.
  private static func quoted(_ text: String) -> String {
    text.contains(" ") ? "\"\(text)\"" : text
  }
}
