/// How deals behave in a stage of the sales template, by the stage's code.
struct StageHabits: Sendable {
  /// How likely a usual seller gets a usual client from here to the next stage.
  let advances: Double
  /// The median stay in days.
  let days: Double
  /// How often the stage is passed over, by the direction's code.
  var skipped: [String: Double] = [:]
  /// The code of the stage that deals wrongly fall back to, and how often (S4: a new quotation).
  var fallsBack: (to: String, often: Double)?
  /// Whether the deal's amount is known from here on.
  var knowsAmount = false

  /// A stage that nothing special is known of.
  static let usual = StageHabits(advances: 0.85, days: 2)

  /// Goods go nearly stage by stage. Services hurry past meetings and contracts, so that their stages do
  /// not narrow: a colander, as S4 calls it.
  static let ofSales: [String: StageHabits] = [
    "request_received": StageHabits(advances: 0.78, days: 0.8),
    "client_came": StageHabits(
      advances: 0.86, days: 5, skipped: ["general": 0.03, "services": 0.6]),
    "quotation_requested": StageHabits(advances: 0.94, days: 1.6),
    "quotation_sent": StageHabits(
      advances: 0.8, days: 6, fallsBack: (to: "quotation_requested", often: 0.05),
      knowsAmount: true),
    "comments_received": StageHabits(
      advances: 0.86, days: 4, skipped: ["general": 0.04, "services": 0.65], knowsAmount: true),
    "contract_requested": StageHabits(
      advances: 0.9, days: 4, skipped: ["services": 0.3], knowsAmount: true),
    "contract_signed": StageHabits(
      advances: 0.97, days: 2, skipped: ["services": 0.35], knowsAmount: true),
    "invoice_issued": StageHabits(advances: 0.94, days: 6, knowsAmount: true),
  ]
}
