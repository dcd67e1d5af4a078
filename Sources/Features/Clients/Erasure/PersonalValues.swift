internal import JSON
internal import SalesRules

/// What tells who a contact is, and the finding of it in other texts.
struct PersonalValues: Sendable {
  /// What stands in its place.
  let placeholder: String
  /// The name, then its words: only of use in texts that are about this contact.
  private let names: [String]
  /// Addresses, in small letters.
  private let emails: [String]
  /// The digits of the phone numbers without their countries' prefixes.
  private let digits: [String]
  private let phones: [String]

  /// - Parameter formerNames: those of contacts that were merged into it.
  init(_ contact: Contact, formerNames: [String] = [], placeholder: String) {
    self.placeholder = placeholder
    let whole = ClientPoints.distinct([contact.name] + formerNames) { $0 }
    let words = whole.flatMap { name in
      name.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    }
    names = (whole + words.filter { $0.count >= 3 }).filter {
      $0.count >= 2 && $0 != placeholder && !placeholder.contains($0)
    }
    emails = Set(
      (contact.emails + contact.emails.compactMap { EmailAddress($0)?.comparisonKey })
        .map { $0.lowercased() }
    ).sorted()
    let numbers = contact.phones.compactMap { PhoneNumber(kept: $0)?.e164 }
    phones = Set((contact.phones + numbers).map { $0.lowercased() }).sorted()
    digits = numbers.map { $0.filter(\.isNumber) }.filter { $0.count >= 7 }
      .map { String($0.suffix(10)) }
  }

  /// What names nobody else, in small letters and as JSON writes it: to look for anywhere.
  var needles: [String] {
    (emails + phones).map { text in
      String(decoding: RawJSON(.string(text)).bytes.dropFirst().dropLast(), as: UTF8.self)
    }
  }

  /// The text without them; nil where there is nothing of them in it.
  ///
  /// - Parameter isAbout: whether the text is about this contact, so that a name in it is theirs.
  func redacted(_ text: String, isAbout: Bool) -> String? {
    var result = text
    for email in emails { result = replacing(email, in: result, wholeWord: false) }
    for phone in phones { result = replacing(phone, in: result, wholeWord: false) }
    result = replacingNumbers(in: result)
    if isAbout { for name in names { result = replacing(name, in: result, wholeWord: true) } }
    return result == text ? nil : result
  }

  /// The value with every text in it so; nil where there is nothing of them in it.
  func redacted(_ json: JSON, isAbout: Bool) -> JSON? {
    switch json {
    case .string(let text):
      return redacted(text, isAbout: isAbout).map { .string($0) }
    case .array(let elements):
      let changed = elements.map { redacted($0, isAbout: isAbout) }
      guard changed.contains(where: { $0 != nil }) else { return nil }
      return .array(zip(elements, changed).map { $1 ?? $0 })
    case .object(let object):
      let changed = object.members.map { redacted($0.value, isAbout: isAbout) }
      guard changed.contains(where: { $0 != nil }) else { return nil }
      return .object(
        JSONObject(zip(object.members, changed).map { ($0.name, $1 ?? $0.value) }))
    default:
      return nil
    }
  }

  private func replacing(_ value: String, in text: String, wholeWord: Bool) -> String {
    let (wanted, whole) = (Array(value.lowercased()), Array(text))
    guard !wanted.isEmpty, whole.count >= wanted.count else { return text }
    // A character may become several in small letters; one that does is compared as it stands.
    let small = whole.map { character in
      let lowercased = character.lowercased()
      return lowercased.count == 1 ? lowercased.first ?? character : character
    }
    let isWord = { (place: Int) in
      small.indices.contains(place) && (small[place].isLetter || small[place].isNumber)
    }
    var result = ""
    var place = 0
    while place < whole.count {
      let end = place + wanted.count
      if end <= whole.count, small[place..<end].elementsEqual(wanted),
        !wholeWord || (!isWord(place - 1) && !isWord(end))
      {
        result += placeholder
        place = end
      } else {
        result.append(whole[place])
        place += 1
      }
    }
    return result
  }

  /// Numbers are written in many ways: what counts is their digits.
  private func replacingNumbers(in text: String) -> String {
    guard !digits.isEmpty else { return text }
    let between: Set<Character> = [" ", "-", "(", ")", "+", ".", "\u{00A0}", "–"]
    var result = ""
    var run = ""
    let finish = { (run: inout String, result: inout String) in
      defer { run = "" }
      let dialled = run.filter(\.isNumber)
      guard digits.contains(where: { dialled.contains($0) }) else { return result += run }
      let tail = run.reversed().prefix { between.contains($0) }.reversed()
      result += placeholder + String(tail)
    }
    for character in text {
      if character.isNumber || (!run.isEmpty && between.contains(character)) || character == "+" {
        run.append(character)
      } else {
        finish(&run, &result)
        result.append(character)
      }
    }
    finish(&run, &result)
    return result
  }
}
