public import SalesRules

/// How large a furniture company is to be, and in which language it lives.
public struct FurnitureSettings: Hashable, Sendable {
  /// What everything is drawn from: the same seed on the same day makes the same company.
  public var seed: UInt64
  /// The language of its people and pipelines.
  public var language: Language
  /// How many deals it has had; of leads there are half as many again.
  public var deals: Int
  /// How many people answer requests, their lead among them.
  public var firstLinePeople: Int
  /// How many sellers each senior team has, besides its lead.
  public var sellersPerTeam: Int
  /// How many months its history goes back.
  public var months: Int

  /// The usual company: 400 deals, 600 leads, three people in front, two teams of four, one year.
  public init(
    seed: UInt64 = 1, language: Language = .ru, deals: Int = 400, firstLinePeople: Int = 3,
    sellersPerTeam: Int = 4, months: Int = 12
  ) {
    self.seed = seed
    self.language = language
    self.deals = max(0, deals)
    self.firstLinePeople = max(1, firstLinePeople)
    self.sellersPerTeam = max(1, sellersPerTeam)
    self.months = max(1, months)
  }
}
