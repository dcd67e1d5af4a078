/// What is measured, on how much, and for how long.
public struct BenchmarkOptions: Sendable {
  /// How the companies get their deals.
  public enum Filling: String, Sendable, CaseIterable {
    /// By statements within the database: the fast way to a million.
    case sql
    /// By the import over the wire, as a company would do it.
    case wire
  }

  /// The folder of the installation to measure; it is the benchmark's own.
  public var folder: String
  /// How many companies.
  public var tenants = 200
  /// How many deals each company has.
  public var deals = 5000
  /// How they come in.
  public var filling = Filling.sql
  /// How long each single run lasts, in seconds.
  public var seconds = 5.0
  /// How many times everything is measured; medians are taken.
  public var pairs = 5
  /// What is measured.
  public var operations = Operation.usual
  /// Whether cards have `CompanyFields.count` fields of the company's own, of which every stage demands some.
  public var hasFields = false
  /// What is looked for in the section `search`.
  public var scenarios = SearchScenario.allCases
  /// As whom.
  public var askers = Asker.allCases
  /// With how many connections.
  public var connections = [1, 8, 64]
  /// How many idle connections are measured; none skips it.
  public var idleConnections = 5000
  /// The client counts among which pgbench's best is looked for.
  public var referenceClients = [1, 2, 4, 8, 16, 32, 64]
  /// Whether only is measured what one company's flood costs the others.
  public var measuresNoise = false
  /// Where the figures go as Markdown.
  public var report: String

  /// The usual extent.
  public init(folder: String, report: String) {
    self.folder = folder
    self.report = report
  }

  /// How many leads each company has in the section `fields`: more than a run converts, of which each connection
  /// takes up to 500 in one company before it goes to another.
  var leads: Int {
    max(2000, Int((max(1, seconds) + 2) * 6000) / tenants)
  }

  /// Why this can't be measured; nil where it can.
  public var problem: String? {
    if tenants < 1 || deals < 500 { return "There have to be a company and 500 deals at least." }
    if measuresNoise, tenants < 9 {
      return "There have to be nine companies: one that floods and eight others."
    }
    if seconds < 0.1 || pairs < 1 { return "There has to be a tenth of a second and a pair." }
    if connections.contains(where: { !(1...1000).contains($0) }) {
      return "Connections are counted from 1 to 1000."
    }
    if operations.contains(.convert), !hasFields {
      return "lead.convert is measured with --section fields."
    }
    if hasFields,
      operations.contains(where: { !Operation.withFields.contains($0) }) || measuresNoise
    {
      return "With fields, move and convert are measured."
    }
    if hasFields, filling != .sql { return "Companies with fields are filled by sql." }
    // A client of pgbench moves cards of its own, every 64th of the open ones.
    if referenceClients.isEmpty || referenceClients.contains(where: { !(1...64).contains($0) }) {
      return "pgbench's clients are counted from 1 to 64."
    }
    return nil
  }
}
