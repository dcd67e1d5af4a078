/// How numbers and their beginnings are dialled.
extension HomeCountry {
  /// Whether so many digits without a plus are a whole number: two figures side by side are none.
  func dialsWhole(_ digits: String) -> Bool {
    let count = digits.utf8.count
    if count > 11, digits.hasPrefix("00") { return true }
    switch self {
    case .russia:
      return count == 10 || count == 11 && (digits.hasPrefix("7") || digits.hasPrefix("8"))
        || count > 11 && digits.hasPrefix("810")
    case .northAmerica:
      return count == 10 || count == 11 && digits.hasPrefix("1")
        || count > 11 && digits.hasPrefix("011")
    case .none: return false
    }
  }

  /// What a number may begin with, from its country's code on or without it, whose first digits are dialled so.
  func beginnings(_ digits: String, isInternational: Bool) -> [String] {
    var beginnings = [digits]
    let leave = { (prefix: String, code: String) in
      guard digits.hasPrefix(prefix), digits.utf8.count > prefix.utf8.count else { return }
      beginnings.append(code + digits.dropFirst(prefix.utf8.count))
    }
    switch self {
    case .russia where isInternational:
      // A slip of the hand: see ``PhoneNumber``.
      if digits.hasPrefix("89") { leave("8", "7") }
    case .russia:
      leave("8", "7")
      leave("810", "")
      leave("00", "")
    case .northAmerica where !isInternational:
      leave("011", "")
      leave("00", "")
    case .none where !isInternational: leave("00", "")
    case .northAmerica, .none: break
    }
    return beginnings
  }
}
