internal import JSON
internal import SalesRules

/// A deal's row, or a lead's.
struct DealRow {
  /// One stage event.
  struct Event {
    let stage: String
    let at: RowMoment
    /// The external id of who did it.
    let by: String?
  }

  /// What is known of the client.
  struct Contact {
    let name: String?
    let phone: String?
    let email: String?
  }

  static let members = [
    "external_id", "title", "stage", "opened_in", "amount", "company", "responsible", "product",
    "contact", "source", "created_at", "closed_at", "reason", "comment", "last_contact", "events",
    "fields",
  ]
  private static let mostEvents = 1000

  let externalID: String
  let title: String
  private(set) var stage: String?
  private(set) var openedIn: String?
  private(set) var amount: MoneyAmount?
  private(set) var company: String?
  private(set) var responsible: String?
  private(set) var product: String?
  private(set) var contact: Contact?
  private(set) var source: String?
  private(set) var createdAt: RowMoment?
  private(set) var closedAt: RowMoment?
  private(set) var reason: String?
  private(set) var comment: String?
  /// The name of a status of the company's list.
  private(set) var lastContact: String?
  private(set) var events: [Event] = []
  private(set) var fields = JSONObject()

  init(_ row: ImportRow) throws(RowRejection) {
    externalID = try ImportRow.required(
      try ImportRow.text(row.members["external_id"] ?? .null, "external_id"), "external_id")
    title = try ImportRow.required(
      try ImportRow.text(row.members["title"] ?? .null, "title", length: 500), "title")
    for member in row.members.members { try take(member.name, member.value) }
  }

  private mutating func take(_ name: String, _ json: JSON) throws(RowRejection) {
    switch name {
    case "external_id", "title", "line", "if_absent": break
    case "stage": stage = try ImportRow.text(json, name)
    case "opened_in": openedIn = try ImportRow.text(json, name)
    case "amount": amount = try ProductRow.amount(json, name)
    case "company": company = try ImportRow.text(json, name)
    case "responsible": responsible = try ImportRow.text(json, name)
    case "product": product = try ImportRow.text(json, name)
    case "contact": contact = try Self.contact(json)
    case "source": source = try ImportRow.text(json, name)
    case "created_at": createdAt = try RowMoment(json, name)
    case "closed_at": closedAt = try RowMoment(json, name)
    case "reason": reason = try ImportRow.text(json, name)
    case "comment": comment = try ImportRow.text(json, name, length: 10_000, lines: true)
    case "last_contact": lastContact = try ImportRow.text(json, name)
    case "events": events = try Self.events(json)
    case "fields":
      guard let object = json.object ?? (json.isNull ? [:] : nil) else {
        throw RowRejection("fields has to be an object")
      }
      fields = object
    default: throw ImportRow.unknown(name, Self.members)
    }
  }

  private static func contact(_ json: JSON) throws(RowRejection) -> Contact? {
    if json.isNull { return nil }
    guard let object = json.object else { throw RowRejection("contact has to be an object") }
    var (name, phone, email) = (String?.none, String?.none, String?.none)
    for member in object.members {
      switch member.name {
      case "name": name = try ImportRow.text(member.value, "contact.name")
      case "phone": phone = try ImportRow.copied(member.value, "contact.phone", length: 64)
      case "email": email = try ImportRow.copied(member.value, "contact.email", length: 254)
      default: throw ImportRow.unknown("contact.\(member.name)", ["name", "phone", "email"])
      }
    }
    if name == nil, phone == nil, email == nil { return nil }
    return Contact(name: name, phone: phone, email: email)
  }

  private static func events(_ json: JSON) throws(RowRejection) -> [Event] {
    if json.isNull { return [] }
    guard let elements = json.array else { throw RowRejection("events has to be an array") }
    guard elements.count <= mostEvents else {
      throw RowRejection("it has more than \(mostEvents) events")
    }
    var events: [Event] = []
    for (index, element) in elements.enumerated() {
      let place = "events[\(index)]"
      guard let object = element.object else { throw RowRejection("\(place) is not an object") }
      var (stage, at, by) = (String?.none, RowMoment?.none, String?.none)
      for member in object.members {
        switch member.name {
        case "stage": stage = try ImportRow.text(member.value, "\(place).stage")
        case "at": at = try RowMoment(member.value, "\(place).at")
        case "by": by = try ImportRow.text(member.value, "\(place).by")
        default: throw ImportRow.unknown("\(place).\(member.name)", ["stage", "at", "by"])
        }
      }
      guard let at else { throw RowRejection("\(place).at is missing") }
      events.append(
        Event(stage: try ImportRow.required(stage, "\(place).stage"), at: at, by: by))
    }
    return events
  }

  /// The days that the row names.
  var days: [CalendarDate] {
    [createdAt?.day, closedAt?.day].compactMap(\.self) + events.compactMap(\.at.day)
  }

  /// What the row refers to by external ids.
  var references: [(kind: ImportKind, id: String)] {
    [(ImportKind.company, company), (.person, responsible), (.product, product)]
      .compactMap { kind, id in id.map { (kind, $0) } }
      + events.compactMap { event in event.by.map { (.person, $0) } }
  }
}
