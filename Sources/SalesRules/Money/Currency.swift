/// A currency of ISO 4217, by its three-letter code.
///
/// Funds codes, metals and test codes are left out: no company keeps its books in them. Two codes
/// withdrawn of late (ANG, BGN) stay for older books.
public struct Currency: Hashable, Sendable {
  /// The code, such as `RUB`.
  public let code: String
  /// How many digits the minor unit has after the point: 2 for most, 0 for the yen, 3 for the dinar
  /// of Kuwait. Amounts are kept to two digits in every currency.
  public let minorDigits: Int

  /// The currency of this code, written in capitals; nil for a code that ISO 4217 does not have.
  public init?(code: String) {
    guard let minorDigits = Self.minorDigits[code] else { return nil }
    self.code = code
    self.minorDigits = minorDigits
  }

  /// Every code that is known, in order of the alphabet.
  public static var codes: [String] { minorDigits.keys.sorted() }

  private static let minorDigits: [String: Int] = {
    var digits: [String: Int] = [:]
    for (count, codes) in [(0, withoutMinorUnit), (2, withHundredths), (3, withThousandths)] {
      for code in codes.split(whereSeparator: \.isWhitespace) { digits[String(code)] = count }
    }
    return digits
  }()

  private static let withoutMinorUnit = """
    BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF
    """

  private static let withThousandths = """
    BHD IQD JOD KWD LYD OMR TND
    """

  private static let withHundredths = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
    LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
    SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR
    ZMW ZWG
    """
}
