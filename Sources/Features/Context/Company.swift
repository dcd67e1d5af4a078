internal import SalesRules

/// What the server knows of a company at one version of it: its settings, plan, pipelines, reasons and
/// fields. Cards and people are not in it.
struct Company: Sendable, Equatable {
  let id: Int64
  let version: Int64
  /// The epoch of transactions that its audit is written in.
  let auditEpoch: Int64
  var slug: String
  var name: String
  var state: TenantState
  var locale: Language
  var currency: String
  var timezone: String
  var rules: ClosingRules
  /// The version of the settings' own row.
  var settingsVersion: Int64
  /// Whether the operator may look into the company as one of its people.
  var allowsSupport: Bool
  /// When the operator last wrote the company into a file.
  var exportedAt: Timestamp?
  var plan: Plan
  /// In their order.
  var pipelines: [Pipeline]
  var reasons: [Reason]
  var fields: [Field]

  /// The pipeline of that id.
  func pipeline(_ id: Int64) -> Pipeline? {
    pipelines.first { $0.id == id }
  }

  /// The one pipeline for leads.
  var leadPipeline: Pipeline? {
    pipelines.first { $0.kind == .lead }
  }

  /// The reason of that id.
  func reason(_ id: Int64) -> Reason? {
    reasons.first { $0.id == id }
  }

  /// The lists of reasons that have something to choose from.
  var reasonsAvailable: Set<ReasonKind> {
    Set(reasons.filter(\.isActive).map(\.kind))
  }
}

/// Where a company stands in its life.
enum TenantState: String, Sendable, CaseIterable {
  /// It works.
  case active
  /// Nobody of it is let in; nothing is lost.
  case suspended
  /// It is on its way out: until its grace is over it can be restored.
  case deleted
  /// Its grace is over and its rows are going.
  case purging
  /// Its rows are coming out of a file; it is there for nobody until all are.
  case importing
}
