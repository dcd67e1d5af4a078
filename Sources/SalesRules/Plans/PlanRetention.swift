/// How long a plan keeps what is written along the way: the history of closed cards, the audit, and
/// idempotency keys with their answers.
public struct PlanRetention: Hashable, Sendable {
  /// What is kept for a time.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    /// What changed on cards that are closed, when, and by whom; in days.
    case historyDays = "history_days"
    /// The audit; in days.
    case auditDays = "audit_days"
    /// Keys and the answers given for them; in hours.
    case idempotencyHours = "idempotency_hours"

    /// What it may be.
    public var range: ClosedRange<Int64> {
      self == .idempotencyHours ? Int64(leastHours)...8760 : 1...36_500
    }
  }

  /// For how many hours a key is honoured in every plan.
  public static let leastHours = 24

  /// Days of the history of closed cards; nil is for ever.
  public var historyDays: Int?
  /// Days of the audit; nil is for ever.
  public var auditDays: Int?
  /// Hours of idempotency keys.
  public var idempotencyHours: Int

  /// How long each is kept; what is left out is kept for ever, keys for 24 hours.
  public init(historyDays: Int? = nil, auditDays: Int? = nil, idempotencyHours: Int? = nil) {
    self.historyDays = historyDays
    self.auditDays = auditDays
    self.idempotencyHours = idempotencyHours ?? Self.leastHours
  }

  /// How long this one is kept; nil for ever.
  public subscript(part: Part) -> Int? {
    get {
      switch part {
      case .historyDays: historyDays
      case .auditDays: auditDays
      case .idempotencyHours: idempotencyHours
      }
    }
    set {
      switch part {
      case .historyDays: historyDays = newValue
      case .auditDays: auditDays = newValue
      case .idempotencyHours: idempotencyHours = newValue ?? Self.leastHours
      }
    }
  }

  /// Takes over those that are given.
  public mutating func set(_ parts: [Part: Int?]) {
    for (part, value) in parts { self[part] = value }
  }
}
