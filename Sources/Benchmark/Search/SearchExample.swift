internal import JSON
internal import Postgres

/// A card from which questions are drawn.
struct SearchExample: Sendable {
  let card: Int64
  let pipeline: Int64
  /// The title's words that many cards have.
  let words: [String]
  /// The one that few have.
  let rareWord: String
  let firstName: String
  let email: String
  let company: String
  private let phone: String
  private let area: Int64

  /// From the columns of `SearchGroundStatements.examples`.
  init(_ row: Row) throws {
    card = try row.integer(0)
    pipeline = try row.integer(1)
    let title = try row.string(2).split(separator: " ").map(String.init)
    let name = try row.string(3).split(separator: " ").map(String.init)
    guard title.count == 4, let first = name.first else {
      throw BenchmarkError("card \(card) is not as it was filled in: begin anew in an empty folder")
    }
    words = Array(title[..<2])
    rareWord = title[3]
    firstName = first
    phone = try row.string(4)
    email = try row.string(5)
    company = try row.string(6)
    area = try row.integer(7)
  }

  /// The phone number as people at home write it: `8 909 123-45-67`.
  var phoneAsTyped: String {
    var digits = phone.suffix(10)[...]
    var parts: [Substring] = []
    for length in [3, 3, 2, 2] {
      parts.append(digits.prefix(length))
      digits = digits.dropFirst(length)
    }
    return "8 \(parts[0]) " + parts[1...].joined(separator: "-")
  }

  /// A range in which one in 400 lies, and this card.
  var rangeOfArea: JSON {
    let last = area + SearchCompany.areas / 400 - 1
    return ["from": .integer(area), "to": .integer(last)]
  }
}
