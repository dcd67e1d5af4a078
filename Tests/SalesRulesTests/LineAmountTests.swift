import Testing

@testable import SalesRules

@Suite struct LineAmountTests {
  @Test(arguments: [
    ("9900.50", "2", "7.5", "18315.93"), ("0.36", "0.125", "0", "0.05"), ("1", "1", "100", "0.00"),
    ("0.01", "0.4", "0", "0.00"), ("0.01", "0.5", "0", "0.01"), ("100", "3", "33.33", "200.01"),
  ])
  func `A line's amount is rounded once, halves away from zero`(
    _ price: String, _ quantity: String, _ discount: String, _ amount: String
  ) throws {
    let price = try #require(MoneyAmount(price))
    let quantity = try #require(Quantity(quantity))
    let discount = try #require(Discount(discount))
    #expect(price.of(quantity, less: discount)?.description == amount)
  }

  @Test func `What leaves the range is none`() throws {
    let most = try #require(Quantity("999999999.999"))
    #expect(MoneyAmount.largest.of(most, less: .none) == nil)
    #expect(MoneyAmount.sum([.largest, .largest]) == nil)
  }

  @Test func `Quantities and discounts are plain decimals within their bounds`() {
    for text in ["0", "", "-1", "1e3", "1.0005", "1.", ".5", "1000000000", " 1"] {
      #expect(Quantity(text) == nil, "\(text)")
    }
    for text in ["100.01", "-1", "1.005", "1e1"] { #expect(Discount(text) == nil, "\(text)") }
    #expect(Quantity("2.500")?.description == "2.5" && Quantity("10")?.description == "10")
    #expect(Discount("7.50")?.description == "7.5" && Discount("0")?.description == "0")
    #expect(Discount("0.05")?.description == "0.05")
  }
}
