internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// An event as the feed has it.
struct EventRow: Sendable {
  let number: Int64
  private let at: Timestamp
  private let name: String
  private let noun: String
  private let subject: Int64?
  private let version: Int64?
  private let user: Int64?
  private let card: Int64?
  private let pipeline: Int64?
  private let place: Place?
  private let left: Place?
  private let pipelineLeft: Int64?
  private let details: JSONObject?

  /// Where a card stands, and whose it is.
  private struct Place: Sendable {
    let stage: Int64
    let responsible: Int64?

    init?(stage: Int64?, responsible: Int64?) {
      guard let stage else { return nil }
      self.stage = stage
      self.responsible = responsible
    }

    func isSeen(by standing: Standing, in pipeline: Int64?) -> Bool {
      standing.sees(
        RightsCard(
          pipeline: pipeline ?? 0, stage: stage, responsible: responsible, outcome: .open))
    }

    func write(to writer: inout JSONWriter) {
      writer.member("stage", stage)
      writer.member("responsible", responsible)
    }
  }

  /// From the columns of `EventStatements.page`.
  init(_ row: Row) throws {
    number = try row.integer(0)
    at = try row.timestamp(1)
    name = try row.string(2)
    noun = try row.string(3)
    subject = try row.integerIfPresent(4)
    version = try row.integerIfPresent(5)
    user = try row.integerIfPresent(6)
    card = try row.integerIfPresent(7)
    pipeline = try row.integerIfPresent(8)
    place = Place(
      stage: try row.integerIfPresent(9), responsible: try row.integerIfPresent(10))
    left = Place(
      stage: try row.integerIfPresent(11), responsible: try row.integerIfPresent(12))
    pipelineLeft = try row.integerIfPresent(14)
    details = try row.stringIfPresent(13).flatMap { try JSONReader().read($0).object }
  }

  static let schema = Schema.object(
    [
      "sequence": .integer, "name": .string, "at": .timestamp, "noun": .string,
      "id": .identifier, "version": .integer, "user": Schema.identifier.nullable,
      "card": .identifier, "pipeline": .identifier, "stage": .identifier,
      "responsible": Schema.identifier.nullable,
      "from": .object(
        [
          "pipeline": .identifier, "stage": .identifier,
          "responsible": Schema.identifier.nullable,
        ],
        required: ["stage", "responsible"]),
      "earlier": .array(of: .identifier), "limit": .string, "used": .integer, "max": .integer,
      "share": .number, "plan": .string,
      "ended": .object(
        ["code": .integer, "message": .string, "data": .anyObject],
        required: ["code", "message", "data"]),
    ], required: ["sequence"])

  /// Whether a subscriber's filter takes it: by the places alone that they see, else the filter would tell them
  /// where a card went that left their sight, or where one came from.
  func isWanted(by filter: EventFilter, of standing: Standing) -> Bool {
    guard let wanted = filter.pipelines else { return true }
    let now = pipeline.map(wanted.contains) ?? false
    let before = (pipelineLeft ?? pipeline).map(wanted.contains) ?? false
    return (now && place?.isSeen(by: standing, in: pipeline) ?? true)
      || (before && left?.isSeen(by: standing, in: pipelineLeft ?? pipeline) ?? false)
  }

  /// The params of its notification, for one who may see it.
  func write(to writer: inout JSONWriter, for standing: Standing) {
    let seesPlace = place?.isSeen(by: standing, in: pipeline) ?? true
    let seesLeft = left?.isSeen(by: standing, in: pipelineLeft ?? pipeline) ?? false
    writer.object {
      $0.member("sequence", number)
      // Of a card that has left their sight they learn that, and not how.
      $0.member("name", seesPlace ? name : "\(noun).gone")
      $0.member("at", at)
      $0.member("noun", noun)
      if let subject { $0.member("id", subject) }
      if let card, card != subject || ["note", "invoice", "activity"].contains(noun) {
        $0.member("card", card)
      }
      // Who sees it only where it was is told of no other pipeline.
      if let pipeline = seesPlace ? pipeline : pipelineLeft ?? pipeline,
        pipeline != subject || noun != "pipeline"
      {
        $0.member("pipeline", pipeline)
      }
      if seesPlace {
        if let version { $0.member("version", version) }
        $0.member("user", user)
        place?.write(to: &$0)
      }
      if let left, seesLeft {
        $0.member("from") {
          if let pipelineLeft { $0.member("pipeline", pipelineLeft) }
          left.write(to: &$0)
        }
      }
      for detail in details?.members ?? [] {
        $0.name(detail.name)
        $0.value(detail.value)
      }
    }
  }
}
