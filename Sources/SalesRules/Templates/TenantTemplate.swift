/// What a new company begins with.
public struct TenantTemplate: Hashable, Sendable {
  /// Its name for programs.
  public let code: String
  /// Its name for people.
  public let name: LocalizedText
  /// The company's one pipeline for leads.
  public let leads: PipelineTemplate
  /// Its deal pipelines, in their order.
  public let directions: [DirectionTemplate]
  /// Its teams.
  public let teams: [TeamTemplate]
  /// What its teams may do.
  public let grants: [GrantTemplate]
  /// Its lists of reasons.
  public let reasons: [ReasonTemplate]

  /// Every template.
  public static let all: [TenantTemplate] = [.none, .firstLineAndSeniors]

  /// The template of this code, if there is one.
  public static func named(_ code: String) -> TenantTemplate? {
    all.first { $0.code == code }
  }

  /// The lead pipeline and nothing else: no deal pipeline, no team, no grant, no reason.
  public static let none = TenantTemplate(
    code: "none", name: LocalizedText("Пустая компания", "An empty company"), leads: .leads,
    directions: [], teams: [], grants: [], reasons: [])

  /// S1: a first line that sees leads alone, and two senior teams that each see the deals of their own
  /// direction. It needs a plan with two deal pipelines.
  ///
  /// Scopes are `all` because a new card may be nobody's, and such a card counts under `all` only: the
  /// first line must see the lead that nobody has taken, the seniors the deal that was just handed over.
  public static let firstLineAndSeniors = TenantTemplate(
    code: "first_line_and_seniors",
    name: LocalizedText("Первая линия и старшие продавцы", "First line and senior sellers"),
    leads: .firstLine.keepingTransfers(to: ["general", "services"]),
    directions: [
      DirectionTemplate("general", LocalizedText("Общее", "General"), .sales),
      DirectionTemplate("services", LocalizedText("Услуги", "Services"), .sales),
    ],
    teams: [
      TeamTemplate("first_line", LocalizedText("Первая линия", "First line"), .firstLine),
      TeamTemplate("general", LocalizedText("Продавцы: общее", "Sellers: general"), .senior),
      TeamTemplate("services", LocalizedText("Продавцы: услуги", "Sellers: services"), .senior),
    ],
    grants: [
      GrantTemplate(on: nil, to: "first_line", selling, cards: .all),
      // To hand over takes no more than the right to put something in.
      GrantTemplate(on: "general", to: "first_line", [.create], cards: .own),
      GrantTemplate(on: "services", to: "first_line", [.create], cards: .own),
      GrantTemplate(on: "general", to: "general", selling, cards: .all),
      GrantTemplate(on: "services", to: "services", selling, cards: .all),
    ],
    reasons: .standard)

  /// S1's third way out of the first line: a client who asked to be contacted later goes into a pipeline of its
  /// own (S3), in which the senior sellers of all directions work. Nil where the template has no such way; it
  /// needs a plan with one deal pipeline more.
  public var offeringSecondChance: TenantTemplate? {
    guard self == .firstLineAndSeniors else { return nil }
    let code = "second_chance"
    return TenantTemplate(
      code: self.code, name: name,
      leads: .firstLine.keepingTransfers(to: Set(directions.map(\.code) + [code])),
      directions: directions + [
        DirectionTemplate(code, LocalizedText("Второй шанс", "Second chance"), .prospects)
      ], teams: teams,
      grants: grants + [
        GrantTemplate(on: code, to: "first_line", [.create], cards: .own),
        GrantTemplate(on: code, to: "general", Self.selling, cards: .all),
        GrantTemplate(on: code, to: "services", Self.selling, cards: .all),
      ], reasons: reasons)
  }

  private static let selling: Set<Action> = [.view, .create, .edit, .move, .close, .assign]
}

extension PipelineTemplate {
  /// The same without the transfer stages that lead to other directions than these.
  func keepingTransfers(to directions: Set<String>) -> PipelineTemplate {
    PipelineTemplate(
      code, kind, source: source, name, purpose: purpose, rules: rules, fields: fields,
      reasons: reasons,
      stages: stages.filter { $0.transfersTo.map(directions.contains) ?? true })
  }
}
