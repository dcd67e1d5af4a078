internal import JSON
internal import Postgres
internal import SalesRules

/// The rows of cards, stays and history that imported cards make, as arrays for the database.
struct ImportedCardArrays {
  private let kind: CardKind
  private let `import`: Int64
  private let importer: Int64
  private let reasonIDs: [Int64]
  private let indexed: [Field]
  private let home: HomeCountry
  private var cards = Cards()
  private var stays = Stays()
  private var history = History()
  private var closings = Closings()

  private struct Cards {
    var (ids, versions) = ([Int64](), [Int64]())
    var passages: [GatePassage] = []
    var (titles, fields) = ([String](), [String]())
    var (amounts, sources, comments) = ([String?](), [String?](), [String?]())
    var (contacts, companies, responsible, reasons, makers) = (
      [Int64?](), [Int64?](), [Int64?](), [Int64?](), [Int64?]()
    )
    var statuses: [Int64?] = []
    var (created, entered, closed) = ([String](), [String](), [String?]())
    var repeats: [Bool] = []
    var words: [String] = []
  }

  private struct Stays {
    var (cards, versions, stages) = ([Int64](), [Int64](), [Int64]())
    var (entered, left, by) = ([String](), [String?](), [Int64?]())
  }

  private struct History {
    var (cards, versions, users) = ([Int64](), [Int64](), [Int64?]())
    var (at, changes, details) = ([String](), [String](), [String]())
  }

  /// The times for which cards were closed before they were open again.
  private struct Closings {
    var (cards, versions) = ([Int64](), [Int64]())
    var (since, until) = ([String](), [String]())
  }

  init(
    kind: CardKind, import number: Int64, importer: Int64, reasonIDs: [Int64], indexed: [Field],
    home: HomeCountry
  ) {
    self.kind = kind
    self.import = number
    self.indexed = indexed
    self.home = home
    self.importer = importer
    self.reasonIDs = reasonIDs
  }

  mutating func append(_ card: ImportedCard, id: Int64, contact: Int64?, isRepeat: Bool) {
    guard let first = card.visits.first else { return }
    let reason = card.reason.map { choice in
      switch choice {
      case .known(let id, _): id
      case .made(let place, _): reasonIDs[place]
      }
    }
    let moments = card.visits.map(\.at.description)
    cards.ids.append(id)
    cards.passages.append(card.passage)
    cards.titles.append(card.row.title)
    cards.amounts.append(card.row.amount?.description)
    cards.contacts.append(contact)
    cards.companies.append(card.company)
    cards.responsible.append(card.responsible)
    cards.sources.append(card.row.source)
    cards.fields.append(card.fields.isEmpty ? "{}" : JSON.object(card.fields).description)
    cards.repeats.append(isRepeat)
    cards.words.append(
      SearchWords(title: card.row.title, fields: card.fields, indexed: indexed, home: home).joined)
    cards.reasons.append(reason)
    cards.comments.append(card.row.comment)
    cards.statuses.append(card.lastContact?.status)
    cards.makers.append(first.by ?? importer)
    cards.created.append(moments[0])
    cards.entered.append(moments[moments.count - 1])
    cards.closed.append(card.outcome == .open ? nil : moments[moments.count - 1])
    cards.versions.append(Int64(card.visits.count))
    var closedSince: String?
    for (index, visit) in card.visits.enumerated() {
      if visit.stage.kind != .open {
        closedSince = closedSince ?? moments[index]
      } else if let since = closedSince {
        closings.cards.append(id)
        closings.versions.append(Int64(index + 1))
        closings.since.append(since)
        closings.until.append(moments[index])
        closedSince = nil
      }
      stays.cards.append(id)
      stays.versions.append(Int64(index + 1))
      stays.stages.append(visit.stage.id)
      stays.entered.append(moments[index])
      stays.left.append(index + 1 < moments.count ? moments[index + 1] : nil)
      stays.by.append(visit.by ?? importer)
      history.cards.append(id)
      history.versions.append(Int64(index + 1))
      history.users.append(visit.by ?? importer)
      history.at.append(moments[index])
      let previous = index > 0 ? card.visits[index - 1].stage : nil
      let isLast = index + 1 == card.visits.count
      history.changes.append(
        change(to: visit.stage, from: previous, isLast ? card.reason?.kind : nil))
      history.details.append(
        index > 0
          ? details(
            to: visit, from: card.visits[index - 1], reason: isLast ? reason : nil,
            isLast ? card.lastContact : nil)
          : creation(
            in: visit, for: Responsible(card.responsible, import: `import`),
            isLast ? card.lastContact : nil))
    }
  }

  private func change(to stage: GateStage, from previous: GateStage?, _ reason: ReasonKind?)
    -> String
  {
    guard let previous else { return "created" }
    switch stage.kind {
    case .open: return previous.kind == .open ? "moved" : "reopened"
    case .won: return kind == .lead ? "converted" : "won"
    case .lost: return reason == .invalid ? "invalidated" : "lost"
    }
  }

  /// As `Card.insertion` writes them.
  private func creation(
    in visit: ImportedCard.Visit, for responsible: Responsible, _ contact: LastContact?
  ) -> String {
    var details: JSONObject = ["to": .integer(visit.stage.id), "assignment": responsible.told]
    if let contact { details["last_contact"] = .integer(contact.status) }
    return JSON.object(details).description
  }

  /// As `CardChange` writes them.
  private func details(
    to visit: ImportedCard.Visit, from previous: ImportedCard.Visit, reason: Int64?,
    _ contact: LastContact?
  ) -> String {
    let reason = reason.map { #","reason":\#($0)"# } ?? ""
    let contact =
      contact.map { #","last_contact":\#($0.status),"last_contact_before":null"# } ?? ""
    let stayed =
      (visit.at.microsecondsSince1970 - previous.at.microsecondsSince1970) / 1_000_000
    return
      #"{"from":\#(previous.stage.id),"to":\#(visit.stage.id)\#(reason)\#(contact),"stayed_s":\#(stayed)}"#
  }

  private func reopening(_ tenant: Parameter) -> [BoundStatement] {
    guard !closings.cards.isEmpty else { return [] }
    return [
      ClockStatements.reopenImported(
        tenant, .integers(closings.cards), .integers(closings.versions),
        .strings(closings.since), .strings(closings.until))
    ]
  }

  /// What writes all of them.
  func insertion(tenant: Parameter, pipeline: Int64) -> [BoundStatement] {
    [
      CardPlaceStatements.insert(
        through: cards.passages,
        [tenant, .text(kind.rawValue), .integer(pipeline), .integers(cards.ids)],
        [
          .strings(cards.titles), .strings(cards.amounts), .integers(cards.contacts),
          .integers(cards.companies), .integers(cards.responsible), .strings(cards.sources),
          .strings(cards.fields), .bools(cards.repeats), .integers(cards.reasons),
          .strings(cards.comments), .integers(cards.makers), .strings(cards.created),
          .strings(cards.entered), .strings(cards.closed), .integers(cards.versions),
          .strings(cards.words), .integers(cards.statuses),
        ]),
      ImportStatements.insertStays(
        tenant, .integers(stays.cards), .integers(stays.versions), .integers(stays.stages),
        .strings(stays.entered), .strings(stays.left), .integers(stays.by)),
      ImportStatements.insertHistory(
        tenant, .integers(history.cards), .integers(history.versions), .strings(history.at),
        .integers(history.users), .strings(history.changes), .strings(history.details)),
    ] + reopening(tenant)
  }
}
