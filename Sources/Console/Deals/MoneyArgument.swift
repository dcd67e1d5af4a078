internal import JSON

/// Money on the command line: `250000`, `1 200.50 RUB`.
enum MoneyArgument {
  /// The wire's form of it; the currency, where not given, is the tenant's.
  static func parse(_ text: String, session: Session) async throws -> JSON {
    let (amount, currency) = try split(text)
    if let currency { return ["amount": .string(amount), "currency": .string(currency)] }
    let settings = try await session.call("settings.get")
    guard let currency = settings["currency"]?.string else {
      throw ConsoleFailure.usage("Say which currency: --amount \"\(amount) RUB\".")
    }
    return ["amount": .string(amount), "currency": .string(currency)]
  }

  static func split(_ text: String) throws -> (amount: String, currency: String?) {
    let letters = text.filter(\.isLetter).uppercased()
    let digits = String(text.filter { !$0.isLetter && !$0.isWhitespace })
    let isDecimal =
      digits.split(separator: ".", omittingEmptySubsequences: false).count <= 2
      && digits.first?.isASCIIDigit == true && digits.last?.isASCIIDigit == true
      && digits.allSatisfy { $0.isASCIIDigit || $0 == "." }
    guard isDecimal, letters.isEmpty || letters.count == 3 else {
      throw ConsoleFailure.usage(
        "\"\(text)\" is no amount: write 1200.50, or with its currency 1200.50 RUB.")
    }
    return (digits, letters.isEmpty ? nil : letters)
  }
}
