internal import JSON
internal import JSONRPC
internal import SalesRules
internal import Testing

@testable internal import Features

@Suite("Values of the company's own fields")
struct FieldValuesTests {
  private static func field(
    _ type: FieldType, choices: [String] = [], for kind: CardKind = .deal
  ) -> Field {
    Field(
      id: 1, cardKind: kind, key: "value", name: "Value", type: type, choices: choices, position: 1,
      version: 1)
  }

  /// What is kept of one value: nothing where it is refused, `nothing` where nothing is to stand there.
  private static func kept(
    _ value: JSON, _ type: FieldType, choices: [String] = []
  ) -> JSON? {
    let result = FieldValues.check(
      ["value": value], kind: .deal, fields: [field(type, choices: choices)],
      home: .russia, currency: "RUB")
    guard case .success(let values) = result, values.count == 1 else { return Optional.none }
    guard let value = values[0].value else { return nothing }
    return value
  }

  private static let nothing: JSON = "(cleared)"

  @Test(
    "Each type brings its values into one form",
    arguments: [
      (FieldType.text, "Кухня\nс островом", "Кухня\nс островом"), (.number, 12.50, 12.50),
      (
        .money, ["amount": "1200.5", "currency": "RUB"],
        ["amount": "1200.50", "currency": "RUB"]
      ),
      (.date, "2026-02-28", "2026-02-28"),
      (.datetime, "2026-03-01T09:30:00+03:00", "2026-03-01T06:30:00Z"), (.choice, "b", "b"),
      (.multiChoice, ["c", "a"], ["a", "c"]), (.multiChoice, [], nothing), (.boolean, false, false),
      (.phone, "8 (916) 123-45-67", "+79161234567"),
      (.phone, "8 (495) 123-45-67 доб. 12", "+74951234567;ext=12"),
      (.email, " Anna@Mebel.EXAMPLE ", "Anna@mebel.example"),
      (.link, "HTTPS://mebel.example/a?b=c#d", "https://mebel.example/a?b=c#d"), (.user, 7, 7),
    ] as [(FieldType, JSON, JSON)])
  func kept(type: FieldType, given: JSON, kept: JSON) {
    #expect(Self.kept(given, type, choices: ["a", "b", "c"]) == kept)
  }

  @Test(
    "What is not of the type is refused",
    arguments: [
      (FieldType.text, 5), (.text, "  "), (.text, "a\u{1B}[31m"), (.number, "5"),
      (.money, "5.00"), (.money, ["amount": "5.001", "currency": "RUB"]),
      (.money, ["amount": "5.00", "currency": "QQQ"]),
      (.money, ["amount": "5.00", "currency": "USD"]), (.date, "2026-02-30"),
      (.datetime, "2026-03-01T09:30:00"), (.choice, "d"), (.choice, ["a"]), (.multiChoice, "a"),
      (.multiChoice, ["a", "a"]), (.multiChoice, ["a", 5]), (.boolean, "yes"), (.phone, "12"),
      (.email, "anna"), (.link, "javascript:alert(1)"), (.link, "https://"),
      (.link, "https://mebel.example/ a"), (.user, 0), (.user, "7"),
    ] as [(FieldType, JSON)])
  func refused(type: FieldType, given: JSON) {
    #expect(Self.kept(given, type, choices: ["a", "b", "c"]) == Optional.none)
  }

  @Test("null clears a field of any type", arguments: FieldType.allCases)
  func cleared(type: FieldType) {
    #expect(Self.kept(.null, type, choices: ["a"]) == Self.nothing)
  }

  @Test("All problems come at once, with their paths, unknown keys among them")
  func problems() {
    let result = FieldValues.check(
      ["value": "x", "other": 1], kind: .deal, fields: [Self.field(.number)], home: .russia,
      currency: "RUB")
    guard case .failure(let failure) = result else {
      Issue.record("nothing was refused")
      return
    }
    #expect(failure.problems.map(\.path) == ["fields.value", "fields.other"])
  }

  @Test("A field of leads is none of deals")
  func otherKind() {
    let result = FieldValues.check(
      ["value": 1], kind: .deal, fields: [Self.field(.number, for: .lead)],
      home: .russia, currency: "RUB")
    #expect(throws: FieldProblems.self) { try result.get() }
  }
}
