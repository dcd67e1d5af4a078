internal import JSON

/// JSON values as the text of a table's cell.
enum CellText {
  /// By what moments are told while an answer is being written; without it they stay in the zone they came in.
  @TaskLocal static var moments: CompanyMoments?

  /// For scripts: nothing is rounded or shortened.
  static func exact(_ json: JSON?) -> String {
    switch json {
    case nil, .null: ""
    case .string(let text): text
    case .some(let value): value.description
    }
  }

  /// For people: money grouped, moments to the minute, lists in a row.
  static func plain(_ json: JSON?) -> String {
    switch json {
    case nil, .null: return ""
    case .bool(let truth): return truth ? "yes" : "no"
    case .string(let text): return moments?.text(text) ?? moment(text) ?? text
    case .array(let items): return items.map(plain).joined(separator: ", ")
    case .object(let object):
      if let money = money(json) { return money }
      if let name = object["name"]?.string { return name }
      return object.members.map { "\($0.name): \(plain($0.value))" }.joined(separator: ", ")
    case .some(let value): return value.description
    }
  }

  /// `{"amount": "1200.50", "currency": "RUB"}` as `1 200.50 RUB`; nil for what is no money.
  static func money(_ json: JSON?) -> String? {
    guard let amount = json?["amount"]?.string, let currency = json?["currency"]?.string else {
      return nil
    }
    return "\(Amount.grouped(amount))\u{00A0}\(currency)"
  }

  /// Whether there is a moment anywhere in it.
  static func holdsMoment(_ json: JSON) -> Bool {
    switch json {
    case .string(let text): moment(text) != nil
    case .array(let items): items.contains(where: holdsMoment)
    case .object(let object): object.members.contains { holdsMoment($0.value) }
    default: false
    }
  }

  /// `2016-10-20T00:00:00Z` as `2016-10-20 00:00Z`: the zone stays, since hiding it would lie.
  static func moment(_ text: String) -> String? {
    let characters = Array(text.utf8)
    guard characters.count >= 20, characters[4] == UInt8(ascii: "-"),
      characters[7] == UInt8(ascii: "-"), characters[10] == UInt8(ascii: "T"),
      characters[13] == UInt8(ascii: ":"), characters[16] == UInt8(ascii: ":"),
      let zone = characters[19...].firstIndex(where: { "Z+-".utf8.contains($0) }),
      characters[..<4].allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let head = String(decoding: characters[..<10], as: UTF8.self)
    let time = String(decoding: characters[11..<16], as: UTF8.self)
    return "\(head) \(time)\(String(decoding: characters[zone...], as: UTF8.self))"
  }
}
