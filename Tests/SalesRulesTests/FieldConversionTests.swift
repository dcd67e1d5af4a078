internal import SalesRules
internal import Testing

@Suite("Types that become others")
struct FieldConversionTests {
  @Test("A type becomes itself, scalars become text, one option becomes several; nothing else")
  func types() {
    let scalars: Set<FieldType> = [
      .number, .date, .datetime, .choice, .boolean, .phone, .email, .link, .text,
    ]
    for type in FieldType.allCases {
      for other in FieldType.allCases {
        let expected =
          type == other || (other == .text && scalars.contains(type))
          || (type == .choice && other == .multiChoice)
        #expect(type.converts(to: other) == expected, "\(type) \(other)")
      }
    }
  }
}
