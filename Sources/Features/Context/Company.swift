internal import Postgres
internal import SalesRules

/// What the server knows of a company at one version of it: its settings, plan, pipelines, reasons and
/// fields. Cards and people are not in it.
///
/// A class, since every request passes it on and no request changes it.
final class Company: Sendable {
  let id: Int64
  let version: Int64
  /// The epoch of transactions that its audit is written in.
  let auditEpoch: Int64
  let slug: String
  let name: String
  let state: TenantState
  let locale: Language
  let currency: String
  let timezone: String
  /// Whose way of writing phone numbers without a country's code is understood.
  let home: HomeCountry
  let rules: ClosingRules
  /// The version of the settings' own row.
  let settingsVersion: Int64
  /// Whether the operator may look into the company as one of its people.
  let allowsSupport: Bool
  /// Whether it takes new leads; else each request is a deal at once.
  let takesLeads: Bool
  /// When the operator last wrote the company into a file.
  let exportedAt: Timestamp?
  let plan: Plan
  /// In their order.
  let pipelines: [Pipeline]
  let reasons: [Reason]
  /// Which reason stands for which kind of loss.
  let lossKinds: [Int64: LossKind]
  /// How long a card may stand in each stage that limits it.
  let dwellLimits: [Int64: ISO8601Duration]
  /// How long a card may live in each pipeline that limits it.
  let lifeLimits: [Int64: ISO8601Duration]
  let fields: [Field]
  /// What cards can tell of the last contact.
  let contactStatuses: [ContactStatus]
  /// Kinds of activity of its own.
  let activityTypes: [ActivityType]
  /// Whether a stage asks for what a card's contact alone knows.
  let asksOfContacts: Bool

  /// A company from the results of `CompanyStatements` in their order.
  init(id: Int64, version: Row, tenant: Row, results: ArraySlice<Rows>) throws {
    let tables = Array(results)
    var stages: [Int64: [Stage]] = [:]
    for row in tables[1] {
      let stage = try Stage(row)
      stages[stage.pipeline, default: []].append(stage)
    }
    self.id = id
    self.version = try version.integer(0)
    auditEpoch = try version.integer(1)
    slug = try tenant.string(0)
    name = try tenant.string(1)
    state = try tenant.word(2)
    locale = try tenant.word(3)
    currency = try tenant.string(4)
    timezone = try tenant.string(5)
    home = HomeCountry(timezone: timezone, currency: currency)
    rules = ClosingRules(
      requireLossReason: try tenant.bool(7), requireLossComment: try tenant.bool(8),
      requireWinReason: try tenant.bool(9), requireWinComment: try tenant.bool(32),
      reopenDays: Int(try tenant.integer(6)),
      requireLastContactOnRenewal: try tenant.bool(31),
      requirePaidInvoice: try tenant.bool(30), requireInvalidComment: try tenant.bool(33))
    settingsVersion = try tenant.integer(10)
    allowsSupport = try tenant.bool(11)
    exportedAt = try tenant.timestampIfPresent(28)
    takesLeads = try tenant.bool(29)
    plan = try Plan(tenant, from: 12)
    pipelines = try tables[0].map { try Pipeline($0, stages: stages) }
    reasons = try tables[2].map(Reason.init)
    lossKinds = Dictionary(
      reasons.compactMap { reason in reason.lossKind.map { (reason.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    dwellLimits = Dictionary(
      pipelines.flatMap(\.stages).compactMap { stage in stage.dwellLimit.map { (stage.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    lifeLimits = Dictionary(
      pipelines.compactMap { pipeline in pipeline.rules.lifeLimit.map { (pipeline.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    fields = try tables[3].map(Field.init)
    contactStatuses = try tables[4].map(ContactStatus.init)
    activityTypes = try tables[5].map(ActivityType.init)
    let ofContacts = [CardField.name, .phone, .email].map(\.rawValue)
    asksOfContacts = pipelines.contains { pipeline in
      pipeline.stages.contains { stage in
        stage.required.contains { !Set(ofContacts).isDisjoint(with: $0.alternatives) }
      }
    }
  }

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

  /// Which kind of loss the reason stands for; nil of another one.
  func lossKind(of reason: Int64?) -> LossKind? {
    reason.flatMap { lossKinds[$0] }
  }

  /// The company's own kind of activity of that id.
  func activityType(_ id: Int64) -> ActivityType? {
    activityTypes.first { $0.id == id }
  }

  /// The last-contact status of that id.
  func contactStatus(_ id: Int64) -> ContactStatus? {
    contactStatuses.first { $0.id == id }
  }

  /// The status that a button takes: the first one with this meaning that can be chosen.
  func contactStatus(meaning: ContactMeaning) -> ContactStatus? {
    contactStatuses.first { $0.isActive && $0.meaning == meaning }
  }

  /// What the gate demands: nobody can choose from an empty list of statuses.
  var gateRules: ClosingRules {
    var rules = rules
    if !contactStatuses.contains(where: \.isActive) { rules.requireLastContactOnRenewal = false }
    return rules
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
