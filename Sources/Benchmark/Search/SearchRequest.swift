internal import JSON

/// One question to the company.
struct SearchRequest: Sendable {
  /// What has to be found.
  enum Expectation: Sendable, Equatable {
    /// This card among others.
    case card(Int64)
    case something
    case nothing
    case whatever
  }

  let method: String
  let parameters: JSONObject
  let expected: Expectation

  static func search(_ query: String, _ expected: Expectation) -> SearchRequest {
    SearchRequest(
      method: "card.search", parameters: ["query": .string(query), "limit": 50], expected: expected)
  }

  static func list(_ fields: JSONObject, _ expected: Expectation) -> SearchRequest {
    SearchRequest(
      method: "deal.list", parameters: ["fields": .object(fields), "limit": 50],
      expected: expected)
  }

  static func board(
    _ pipeline: Int64, _ fields: JSONObject, _ expected: Expectation
  ) -> SearchRequest {
    SearchRequest(
      method: "deal.board",
      parameters: ["pipeline": .integer(pipeline), "fields": .object(fields), "limit": 5],
      expected: expected)
  }

  /// The line that asks it.
  var line: [UInt8] {
    let request: JSONObject = [
      "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(parameters),
    ]
    return RawJSON(.object(request)).bytes + [UInt8(ascii: "\n")]
  }

  /// How many cards an answer tells of; throws where it is not what it has to be.
  func count(in answer: JSON) throws -> Int {
    let items = answer["items"]?.array ?? []
    let stages = answer["stages"]?.array ?? []
    let count = items.count + stages.reduce(0) { $0 + Int($1["count"]?.int64 ?? 0) }
    let isRight =
      switch expected {
      case .card(let id): items.contains { ($0["card"] ?? $0)["id"]?.int64 == id }
      case .something: count > 0
      case .nothing: count == 0
      case .whatever: true
      }
    guard isRight else {
      throw BenchmarkError(
        "\(method) \(JSON.object(parameters)) found \(count) cards: that is wrong")
    }
    return count
  }
}
