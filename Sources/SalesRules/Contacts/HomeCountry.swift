/// Whose habits of writing a phone number without its country are understood.
public enum HomeCountry: String, CaseIterable, Hashable, Sendable {
  /// Russia and Kazakhstan, which share +7: `8 916 …`, `916 …`, `8~10 …` for abroad.
  case russia
  /// The United States, Canada and whoever else shares +1: `(212) 555-0142`, `1 212 …`, `011 …` for abroad.
  case northAmerica
  /// None: a number needs its country's code.
  case none

  /// That of a company: its time zone tells; where that one is of no such country, its currency.
  public init(timezone: String, currency: String) {
    if Self.russianZones.contains(timezone) {
      self = .russia
    } else if Self.isNorthAmerican(timezone) {
      self = .northAmerica
    } else if ["RUB", "KZT"].contains(currency) {
      self = .russia
    } else if currency == "USD", timezone.hasPrefix("America/") {
      self = .northAmerica
    } else {
      self = .none
    }
  }

  /// A number as it may be written.
  public var example: String {
    switch self {
    case .russia: "+7 916 123-45-67"
    case .northAmerica: "(212) 555-0142"
    case .none: "+44 20 7946 0958"
    }
  }

  /// What to give for a phone number.
  public var request: String {
    switch self {
    case .russia, .none: "one phone number with its country's code: \(example)"
    case .northAmerica:
      "one phone number, such as \(example), from abroad with its country's code: +44 20 7946 0958"
    }
  }

  private static func isNorthAmerican(_ timezone: String) -> Bool {
    if northAmericanZones.contains(timezone) { return true }
    return [
      "US/", "Canada/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/",
    ].contains { timezone.hasPrefix($0) }
  }

  /// Of Russia and Kazakhstan.
  private static let russianZones: Set<String> = [
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Simferopol", "Europe/Kirov",
    "Europe/Volgograd", "Europe/Astrakhan", "Europe/Saratov", "Europe/Ulyanovsk",
    "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk", "Asia/Barnaul",
    "Asia/Tomsk", "Asia/Novokuznetsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Chita",
    "Asia/Yakutsk", "Asia/Khandyga", "Asia/Vladivostok", "Asia/Ust-Nera", "Asia/Magadan",
    "Asia/Sakhalin", "Asia/Srednekolymsk", "Asia/Kamchatka", "Asia/Anadyr", "W-SU",
    "Asia/Almaty", "Asia/Qyzylorda", "Asia/Qostanay", "Asia/Aqtobe", "Asia/Aqtau",
    "Asia/Atyrau", "Asia/Oral",
  ]

  /// Of the United States and Canada.
  private static let northAmericanZones: Set<String> = [
    "America/New_York", "America/Detroit", "America/Louisville", "America/Indianapolis",
    "America/Fort_Wayne", "America/Knox_IN", "America/Chicago", "America/Menominee",
    "America/Denver", "America/Boise", "America/Shiprock", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "America/Juneau", "America/Sitka",
    "America/Metlakatla", "America/Yakutat", "America/Nome", "America/Adak", "America/Atka",
    "America/Puerto_Rico", "Pacific/Honolulu", "Pacific/Johnston", "EST", "MST", "HST",
    "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "America/Toronto", "America/Montreal",
    "America/Nipigon", "America/Thunder_Bay", "America/Atikokan", "America/Coral_Harbour",
    "America/Iqaluit", "America/Pangnirtung", "America/Winnipeg", "America/Rainy_River",
    "America/Resolute", "America/Rankin_Inlet", "America/Regina", "America/Swift_Current",
    "America/Edmonton", "America/Cambridge_Bay", "America/Yellowknife", "America/Inuvik",
    "America/Creston", "America/Dawson_Creek", "America/Fort_Nelson", "America/Whitehorse",
    "America/Dawson", "America/Vancouver", "America/Halifax", "America/Glace_Bay",
    "America/Moncton", "America/Goose_Bay", "America/Blanc-Sablon", "America/St_Johns",
  ]
}
