public import SalesRules

/// A furniture company as S1 and S4 tell of it, with a believable history: a first line that answers
/// requests, two senior teams with a direction each, and a marketer from outside.
///
/// It is made from its settings and a day alone: the same two make the same company, byte by byte. Its
/// history ends with the midnight at which that day begins, so nothing in it is yet to come.
public struct FurnitureCompany: Sendable {
  /// What it was made from.
  public let settings: FurnitureSettings
  /// Its name.
  public let name: String
  /// Its short name, by which people log in.
  public let slug: String
  /// The code of its currency.
  public let currency: String
  /// Where it is.
  public let zone: CompanyZone
  /// Everybody in it, the admin first.
  public let colleagues: [Colleague]
  /// The companies among its clients.
  public let clientCompanies: [ClientCompany]
  /// What it sells.
  public let catalogue: [CatalogueItem]
  /// Its leads, oldest first.
  public let leads: [GeneratedCard]
  /// Its deals, oldest first, by the code of the direction.
  public let deals: [String: [GeneratedCard]]

  /// The company template that it is made with.
  public static let template = TenantTemplate.firstLineAndSeniors

  /// Makes the company as it is on a day.
  public init(_ settings: FurnitureSettings, today: CalendarDate) {
    var maker = CompanyMaker(settings, today: today)
    maker.work()
    self.settings = settings
    name = maker.words.company
    slug = maker.words.slug
    currency = maker.words.currency
    zone = maker.words.zone
    colleagues = maker.staff.everybody
    clientCompanies = maker.clientele.companies
    catalogue = maker.catalogue
    leads = maker.leads
    deals = maker.deals
  }

  /// The time zone of companies in this language.
  public static func zone(_ language: Language) -> CompanyZone {
    Vocabulary.spoken(language).zone
  }

  /// The short name of the company in this language.
  public static func slug(_ language: Language) -> String {
    Vocabulary.spoken(language).slug
  }
}
