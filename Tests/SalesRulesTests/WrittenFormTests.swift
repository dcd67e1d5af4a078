internal import SalesRules
internal import Testing

/// Money, phones, addresses, times: as people and programs write them.
@Suite struct WrittenFormTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("0.5", 50), ("1200", 120_000), ("1200.5", 120_050),
      ("1200.50", 120_050),
      ("-0.05", -5), ("9999999999999999.99", 999_999_999_999_999_999),
      ("-9999999999999999.99", -999_999_999_999_999_999), ("10000000000000000", nil), ("", nil),
      ("-", nil), (".5", nil), ("5.", nil), ("00", nil), ("01", nil), ("0.005", nil),
      ("1.234", nil),
      ("+5", nil), (" 5", nil), ("5 ", nil), ("1 200", nil), ("1,200", nil), ("1,5", nil),
      ("1e3", nil),
      ("--5", nil), ("٥", nil), ("5.5.5", nil), ("NaN", nil), ("1_000", nil), ("0x10", nil),
    ] as [(String, Int64?)])
  func `An amount is a decimal string of two digits at most`(_ text: String, _ hundredths: Int64?) {
    #expect(MoneyAmount(text)?.hundredths == hundredths)
  }

  @Test func `Amounts are written with two digits, added and shared without loss`() throws {
    for (hundredths, text) in [
      (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (120_050, "1200.50"), (-100, "-1.00"),
    ] as [(Int64, String)] {
      #expect(MoneyAmount(hundredths: hundredths)?.description == text)
    }
    let largest = MoneyAmount.largest
    #expect(MoneyAmount(largest.description) == largest)
    #expect(
      MoneyAmount(hundredths: largest.hundredths + 1) == nil && MoneyAmount(hundredths: .min) == nil
    )
    let cent = try #require(MoneyAmount(hundredths: 1))
    #expect(largest.adding(cent) == nil && largest.multiplied(by: 2) == nil)
    #expect(cent.multiplied(by: .max) == nil && largest.adding(largest) == nil)
    for (sum, count, share) in [
      (100, 3, 33), (200, 3, 67), (-100, 8, -13), (5, 10, 1), (-5, 10, -1), (4, 10, 0), (5, 0, nil),
      (5, -1, nil),
    ] as [(Int64, Int64, Int64?)] {
      #expect(MoneyAmount(hundredths: sum)?.divided(by: count)?.hundredths == share)
    }
    #expect(largest.divided(by: .max)?.hundredths == 0)
  }

  @Test func `A currency is one of ISO 4217, and says how small its coins are`() throws {
    for (code, digits) in [("RUB", 2), ("USD", 2), ("KZT", 2), ("JPY", 0), ("KWD", 3)] {
      #expect(Currency(code: code)?.minorDigits == digits)
    }
    for code in ["", "rub", "RUR", "XXX", "XTS", "XAU", "RU", "RUBL", "₽", "РУБ"] {
      #expect(Currency(code: code) == nil)
    }
    #expect(
      Currency.codes == Currency.codes.sorted() && Set(Currency.codes).count == Currency.codes.count
    )
    let (yen, rouble) = (try #require(Currency(code: "JPY")), try #require(Currency(code: "RUB")))
    let (whole, half) = (try #require(MoneyAmount("1200")), try #require(MoneyAmount("12.50")))
    #expect(whole.text(in: yen) == "1200" && whole.text(in: rouble) == "1200.00")
    #expect(!half.fits(yen) && half.text(in: yen) == "12.50" && half.fits(rouble))
  }

  @Test(
    arguments: [
      ("+7 916 123-45-67", "+79161234567", nil), ("8 (916) 123-45-67", "+79161234567", nil),
      ("89161234567", "+79161234567", nil), ("916 123 45 67", "+79161234567", nil),
      ("7 916 123 45 67", "+79161234567", nil), ("007 916 123-45-67", "+79161234567", nil),
      ("+8 916 123-45-67", "+79161234567", nil), ("tel:+44 20 7946 0958", "+442079460958", nil),
      ("+44 (0)20 7946 0958", "+442079460958", nil), ("8 10 44 20 7946 0958", "+442079460958", nil),
      ("8~10 44 20 7946 0958", "+442079460958", nil), ("8-800-555-35-35", "+78005553535", nil),
      ("8 (495) 123-45-67 доб. 12", "+74951234567", "12"),
      ("+7 495 1234567 вн.123", "+74951234567", "123"),
      ("+1 212 555 0100 ext 5", "+12125550100", "5"), ("+1 212 555 0100 x5", "+12125550100", "5"),
      ("+74951234567#12", "+74951234567", "12"), ("tel:+74951234567;ext=12", "+74951234567", "12"),
      ("+7\u{A0}916\u{2011}123\u{2013}45\u{2014}67", "+79161234567", nil),
      ("+7 701 123 45 67", "+77011234567", nil), ("+375 29 123-45-67", "+375291234567", nil),
      ("+49.30.901820", "+4930901820", nil), ("  +79161234567  ", "+79161234567", nil),
    ] as [(String, String, String?)])
  func `A phone number is understood as people write it`(
    _ text: String, _ e164: String, _ behind: String?
  ) {
    let number = PhoneNumber(text, home: .russia)
    #expect(number?.e164 == e164)
    #expect(number?.extension == behind)
    #expect(PhoneNumber.problem(in: text, home: .russia) == nil)
    #expect(PhoneNumber(e164, home: .russia)?.e164 == e164)
  }

  @Test(arguments: [
    "", " ", "123-45-67", "12345", "+7 916 123-45-6", "+7 916 123-45-678", "+7 016 123 45 67",
    "+7 116 123 45 67", "+0 123 456 789", "phone", "anna@mebel.example",
    "+7 916 123-45-67, +7 916 765-43-21",
    "+7916+1234567", "9161234567 мама", "+1234567890123456", "٩١٦١٢٣٤٥٦٧",
    "+7 916 123 45 67 доб. 1234567",
    "+7 916 123 45 67 доб. x", "=1+1", "8(916)123;45;67",
  ]) func `What is not one number is refused`(_ text: String) {
    #expect(PhoneNumber(text, home: .russia) == nil)
    #expect(PhoneNumber.problem(in: text, home: .russia) != nil)
  }

  @Test func `Without a home country a number needs its code`() {
    #expect(PhoneNumber("89161234567", home: .none) == nil)
    #expect(PhoneNumber("916 123 45 67", home: .none) == nil)
    #expect(PhoneNumber("+7 916 123 45 67", home: .none)?.e164 == "+79161234567")
  }

  @Test(
    arguments: [
      ("(917) 555-0100", "+19175550100"), ("917.555.0100", "+19175550100"),
      ("1 917 555 0100", "+19175550100"), ("1-917-555-0100", "+19175550100"),
      ("+1 917 555 0100", "+19175550100"), ("9175550100", "+19175550100"),
      ("011 7 916 123-45-67", "+79161234567"), ("011 1 917 555 0100", "+19175550100"),
      ("011 44 20 7946 0958", "+442079460958"), ("+7 916 123-45-67", "+79161234567"),
      ("(917) 555-0100 ext. 12", "+19175550100"),
    ])
  func `In North America a number is understood as its people write it`(
    _ text: String, _ e164: String
  ) {
    #expect(PhoneNumber(text, home: .northAmerica)?.e164 == e164)
    #expect(PhoneNumber.problem(in: text, home: .northAmerica) == nil)
  }

  @Test(arguments: [
    "(117) 555-0100", "(017) 555-0100", "917 155 0100", "917 055 0100", "1 117 555 0100",
    "555-0100",
    "+1 917 555 010", "+1 917 555 01000", "+1 123 456 7890",
  ])
  func `What is no number of the American plan is refused`(_ text: String) {
    for home in HomeCountry.allCases where home != .russia || text.contains("+") {
      #expect(PhoneNumber(text, home: home) == nil, "\(home)")
    }
  }

  @Test func `Every number of the American plan is the same in each of its spellings`() {
    var random = SeededGenerator(seed: 24)
    for _ in 0..<2000 {
      let area = Int.random(in: 100...999, using: &random)
      let exchange = Int.random(in: 100...999, using: &random)
      let line = String(Int.random(in: 10_000...19_999, using: &random)).dropFirst()
      let isOne = area >= 200 && exchange >= 200
      let e164 = "+1\(area)\(exchange)\(line)"
      for text in [
        "(\(area)) \(exchange)-\(line)", "1 \(area) \(exchange) \(line)",
        "\(area)\(exchange)\(line)", "+1-\(area)-\(exchange)-\(line)",
        "011 1 \(area) \(exchange) \(line)",
      ] {
        #expect(PhoneNumber(text, home: .northAmerica)?.e164 == (isOne ? e164 : nil), "\(text)")
      }
      // Anywhere else its code is asked for, but where it might be a Russian one.
      #expect(PhoneNumber("(\(area)) \(exchange)-\(line)", home: .none) == nil)
      #expect(PhoneNumber(e164, home: .russia)?.e164 == (isOne ? e164 : nil))
    }
  }

  @Test func `What is kept of a number is read again as the same, whatever the company's home was`()
  {
    var random = SeededGenerator(seed: 25)
    let parts = [
      "8", "7", "1", "011", "810", "00", "+", "916", "212", " ", "(", ")", "-", "4567", "20",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 2...8, using: &random)
      let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      for home in HomeCountry.allCases {
        guard let number = PhoneNumber(text, home: home) else { continue }
        read += 1
        let kept = number.kept(as: text)
        #expect(PhoneNumber(kept: kept) == number, "\(text) at \(home) as \(kept)")
        if home == .russia { #expect(kept == text) }
      }
    }
    #expect(read > 1000)
    let american = PhoneNumber("(917) 555-0100", home: .northAmerica)
    #expect(american?.kept(as: "(917) 555-0100") == "+1 (917) 555-0100")
  }

  @Test(
    arguments: [
      ("Europe/Moscow", "RUB", .russia), ("Asia/Almaty", "KZT", .russia),
      ("Asia/Kamchatka", "USD", .russia), ("America/New_York", "USD", .northAmerica),
      ("America/Toronto", "CAD", .northAmerica), ("America/Indiana/Knox", "RUB", .northAmerica),
      ("Pacific/Honolulu", "USD", .northAmerica), ("Europe/Berlin", "EUR", .none),
      ("America/Sao_Paulo", "BRL", .none), ("America/Panama", "USD", .northAmerica),
      ("UTC", "RUB", .russia), ("UTC", "KZT", .russia), ("UTC", "USD", .none),
      ("Asia/Tashkent", "UZS", .none),
    ] as [(String, String, HomeCountry)])
  func `A company's time zone tells its home, then its currency`(
    _ timezone: String, _ currency: String, _ home: HomeCountry
  ) {
    #expect(HomeCountry(timezone: timezone, currency: currency) == home)
  }

  @Test func `What to give is told with an example that is right at home`() {
    for home in HomeCountry.allCases {
      #expect(PhoneNumber(home.example, home: home) != nil)
      #expect(PhoneNumber.problem(in: "12", home: home)?.message.contains(home.example) == true)
    }
  }

  @Test(
    arguments: [
      ("Anna@Mebel.Example", "Anna@mebel.example"), (" anna@mebel.example ", "anna@mebel.example"),
      ("mailto:anna@mebel.example", "anna@mebel.example"),
      ("a.b+c_d-e@x-y.co.uk", "a.b+c_d-e@x-y.co.uk"),
      ("почта@пример.рф", "почта@пример.рф"), ("o'neil@x.ie", "o'neil@x.ie"),
      ("1@2.com", "1@2.com"),
      ("", nil), ("anna", nil), ("anna@", nil), ("@mebel.example", nil), ("anna@mebel", nil),
      ("anna@@mebel.example", nil), ("a@b@c.de", nil), (".a@b.de", nil), ("a.@b.de", nil),
      ("a..b@c.de", nil), ("a b@c.de", nil), ("a@b .de", nil), ("a@-b.de", nil), ("a@b-.de", nil),
      ("a@b..de", nil), ("a@.de", nil), ("a@b.de.", nil), ("a@127.0.0.1", nil), ("a@[::1]", nil),
      ("\"a b\"@c.de", nil), ("a,b@c.de", nil), ("a@b.de, c@d.ef", nil), ("a\u{0}@b.de", nil),
      ("Анна <anna@mebel.example>", nil), ("a\n@b.de", nil),
    ] as [(String, String?)])
  func `An e-mail address is one address and nothing else`(_ text: String, _ address: String?) {
    #expect(EmailAddress(text)?.address == address)
    #expect((EmailAddress.problem(in: text) == nil) == (address != nil))
  }

  @Test func `Addresses are compared without regard to capitals and kept as given`() {
    #expect(
      EmailAddress("Anna@Mebel.example")?.comparisonKey
        == EmailAddress("anna@mebel.EXAMPLE")?.comparisonKey)
    #expect(EmailAddress(String(repeating: "a", count: 64) + "@b.de") != nil)
    #expect(EmailAddress(String(repeating: "a", count: 65) + "@b.de") == nil)
    #expect(EmailAddress("a@" + String(repeating: "b", count: 64) + ".de") == nil)
    #expect(EmailAddress("a@" + String(repeating: "b.", count: 130) + "de") == nil)
  }

  @Test(
    arguments: [
      ("P14D", 14 * 86_400), ("PT2H", 7200), ("PT1H30M", 5400), ("P1W", 604_800),
      ("P1DT12H", 129_600),
      ("PT0S", 0), ("P0D", 0), ("P1W2D", 9 * 86_400), ("PT90S", 90),
    ] as [(String, Int64)]) func `A duration of fixed length is counted in seconds`(
      _ text: String, _ seconds: Int64
    )
  {
    #expect(ISO8601Duration(text)?.seconds == seconds)
    #expect(
      ISO8601Duration(text).flatMap { ISO8601Duration($0.description) } == ISO8601Duration(text))
  }

  @Test(arguments: [
    "", "P", "PT", "P1", "1D", "P1DT", "PT1D", "P1H", "P1D1Y", "P1D1D", "P1.5D", "P-1D", "-P1D",
    "P1S", "p1d", "P 1D", "P1D ", "PT1H1H", "P1234567D", "P1MT", "PTT1H", "P١D",
  ]) func `What is no duration is refused`(_ text: String) {
    #expect(ISO8601Duration(text) == nil)
  }

  @Test func `Months and years have no fixed length`() {
    #expect(ISO8601Duration("P1M")?.seconds == nil && ISO8601Duration("P1Y")?.seconds == nil)
    #expect(ISO8601Duration("P1Y2M3W4DT5H6M7S")?.description == "P1Y2M3W4DT5H6M7S")
    #expect(ISO8601Duration("PT1M")?.minutes == 1 && ISO8601Duration("P1M")?.months == 1)
    #expect(
      ISO8601Duration("P0D")?.isZero == true && ISO8601Duration.days(14).description == "P14D")
  }

  @Test(
    arguments: [
      ("2026-03-01T09:30:00+03:00", "2026-03-01T06:30:00Z"),
      ("2026-03-01t06:30:00z", "2026-03-01T06:30:00Z"),
      ("2026-03-01T06:30:00.25Z", "2026-03-01T06:30:00.250000Z"),
      ("2026-03-01T06:30:00.123456789Z", "2026-03-01T06:30:00.123456Z"),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
      ("2017-01-01T02:59:60+03:00", "2017-01-01T00:00:00Z"),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
      ("2026-03-01T06:30:00", nil), ("2026-03-01 06:30:00Z", nil), ("2026-03-01T12:00:60Z", nil),
      ("2026-02-29T00:00:00Z", nil), ("2026-03-01T24:00:00Z", nil), ("2026-03-01T06:30:00.Z", nil),
      ("2026-03-01T06:30:00.1234567890Z", nil), ("2026-03-01T06:30:00+3:00", nil),
      ("9999-12-31T23:59:59-00:01", nil), ("0001-01-01T00:00:00+00:01", nil), ("2026-03-01", nil),
    ] as [(String, String?)])
  func `A moment is read with its zone and written in UTC`(_ text: String, _ written: String?) {
    #expect(Timestamp(text)?.description == written)
  }

  @Test func `Moments are held at the ends of the calendar`() throws {
    #expect(
      Timestamp.latest.adding(seconds: 1) == .latest
        && Timestamp.earliest.adding(seconds: -1) == .earliest)
    #expect(
      Timestamp.earliest.adding(seconds: .max) == .latest
        && Timestamp.latest.adding(seconds: .min) == .earliest)
    let moment = try #require(Timestamp("1969-12-31T23:00:00Z"))
    #expect(
      moment.utcDate == CalendarDate("1969-12-31")
        && moment.adding(seconds: 3600).utcDate == CalendarDate("1970-01-01"))
  }

  @Test func `Every day follows the one before, and the calendar has its ends`() throws {
    var day = try #require(CalendarDate("1999-12-31"))
    for _ in 0..<40_000 {
      let next = try #require(day.adding(days: 1))
      #expect(next > day && (next.day == day.day + 1 || next.day == 1))
      day = next
    }
    #expect(day.daysSince1970 == 10_956 + 40_000)
    #expect(
      CalendarDate("9999-12-31")?.adding(days: 1) == nil
        && CalendarDate("0001-01-01")?.adding(days: -1) == nil)
    #expect(day.adding(days: .max) == nil && day.adding(days: .min) == nil)
    for text in [
      "2023-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "0000-01-01", "2026-01-01 ", "",
    ] {
      #expect(CalendarDate(text) == nil)
    }
    #expect(CalendarDate("2000-02-29") != nil)
  }

  @Test(
    arguments: [
      ("mebel", nil), ("mebel-city-2", nil), ("7", nil), ("", "empty"), ("-a", "form"),
      ("a-", "form"),
      ("a--b", "form"), ("Mebel", "form"), ("мебель", "form"), ("a b", "form"), ("a_b", "form"),
      ("a.b", "form"),
      (String(repeating: "a", count: 63), nil), (String(repeating: "a", count: 64), "too_long"),
    ] as [(String, String?)]) func `A slug is a label as in a host's name`(
      _ text: String, _ code: String?
    )
  {
    #expect(Slug.problem(in: text)?.code == code)
  }

  @Test(
    arguments: [
      ("presentation_at", nil, nil), ("a1", nil, nil), ("amount", nil, "reserved"),
      ("", "empty", "empty"),
      ("1a", "form", "form"), ("_a", "form", "form"), ("A", "form", "form"),
      ("a-b", "form", "form"),
      (String(repeating: "a", count: 64), "too_long", "too_long"),
    ] as [(String, String?, String?)])
  func `A field's key is small and plain, and none of the card's own`(
    _ text: String, _ code: String?, _ custom: String?
  ) {
    #expect(FieldKey.problem(in: text)?.code == code)
    #expect(FieldKey.problem(inCustom: text)?.code == custom)
  }

  @Test(
    arguments: [
      ("1234567", "too_short"), ("12345679 ", nil), ("  .  .  .", nil), ("парольпа", nil),
      ("😀😃😄😁😆😅😂🙂", nil),
      (String(repeating: "ab", count: 100), nil), (String(repeating: "ab", count: 101), "too_long"),
      ("12345678" + String(repeating: "\u{301}", count: 1000), "too_long"),
    ] as [(String, String?)]) func `A password has 8 to 200 characters of any kind`(
      _ text: String, _ code: String?
    )
  {
    #expect(Password.problem(in: text)?.code == code)
  }
}
