internal import JSON
internal import SalesRules

/// A card as its row tells of it, everything found and checked.
///
/// A product's name is kept in the card's fields under the key `product`, until cards have products as
/// lines. Who moved the card is whom an event names, else who is responsible, else who imports.
struct ImportedCard {
  /// One stay.
  struct Visit {
    let stage: GateStage
    let at: Timestamp
    let by: Int64?
  }

  let row: DealRow
  let visits: [Visit]
  /// What lets it into the last of them.
  let passage: GatePassage
  let company: Int64?
  let responsible: Int64?
  let fields: JSONObject
  /// Its place among the company's reasons and those to be made.
  let reason: ImportedReasons.Choice?
  /// What it tells of the last contact, as of when it was last worked on.
  let lastContact: LastContact?
  /// The client's phone number and e-mail address as they are compared.
  let phone: PhoneNumber?
  let email: EmailAddress?

  init(
    _ row: DealRow, stages: ImportStages, lookup: ImportLookup, reasons: inout ImportedReasons,
    company owner: Company, now: Timestamp
  ) throws(RowRejection) {
    self.row = row
    let path = try DealPath(row, stages: stages, calendar: lookup.calendar, now: now)
    company = try row.company.map { id throws(RowRejection) in try lookup.number(.company, id) }
    responsible = try row.responsible.map { id throws(RowRejection) in
      try lookup.number(.person, id)
    }
    var visits: [Visit] = []
    visits.reserveCapacity(path.visits.count)
    for visit in path.visits {
      let by = try visit.by.map { id throws(RowRejection) in try lookup.number(.person, id) }
      visits.append(Visit(stage: visit.stage, at: visit.at, by: by ?? responsible))
    }
    self.visits = visits
    var fields = try ImportFields.values(
      row.fields, kind: stages.kind, company: owner, lookup: lookup)
    if let product = row.product { fields["product"] = .string(try lookup.product(product)) }
    self.fields = fields
    phone = try row.contact?.phone.map { text throws(RowRejection) in
      guard let phone = PhoneNumber(text, home: owner.home) else {
        throw RowRejection(
          "contact.phone \(RowRejection.quoted(text)) is no phone number; give \(owner.home.request)"
        )
      }
      return phone
    }
    email = try row.contact?.email.map { text throws(RowRejection) in
      guard let email = EmailAddress(text) else {
        throw RowRejection("contact.email \(RowRejection.quoted(text)) is no e-mail address")
      }
      return email
    }
    guard let last = visits.last else { throw RowRejection("it stands in no stage") }
    lastContact = try row.lastContact.map { name throws(RowRejection) in
      try Self.lastContact(name, at: last.at, in: owner)
    }
    // Kept at the end alone, so that no reason is made for a row that is rejected.
    var reasonsWithIts = reasons
    reason = try Self.reason(row, last.stage, kind: stages.kind, &reasonsWithIts)
    passage = try stages.pass(
      into: last.stage, past: path.past,
      filled: Self.filled(row, fields, phone, email, in: owner), reason: reason?.kind,
      comment: row.comment)
    reasons = reasonsWithIts
  }

  private static func reason(
    _ row: DealRow, _ stage: GateStage, kind: CardKind, _ reasons: inout ImportedReasons
  ) throws(RowRejection) -> ImportedReasons.Choice? {
    guard let name = row.reason else { return nil }
    switch stage.kind {
    case .open: throw RowRejection("it has a reason, but its stage is an open one")
    case .won: return reasons.take(name, .win)
    case .lost: return reasons.takeLoss(name)
    }
  }

  /// One that was put away is taken all the same: old cards tell what was told then.
  private static func lastContact(
    _ name: String, at moment: Timestamp, in company: Company
  ) throws(RowRejection) -> LastContact {
    let key = ListName.key(name)
    guard let status = company.contactStatuses.first(where: { ListName.key($0.name) == key })
    else {
      throw RowRejection(
        "last_contact \(RowRejection.quoted(name)) is none of the company's statuses; see "
          + "contact_status.list")
    }
    return LastContact(status: status.id, at: moment)
  }

  /// The keys of what the row fills in, as stages require them.
  private static func filled(
    _ row: DealRow, _ fields: JSONObject, _ phone: PhoneNumber?, _ email: EmailAddress?,
    in company: Company
  ) -> Set<String> {
    var filled: Set<CardField> = [.title]
    if row.amount != nil { filled.insert(.amount) }
    if row.contact != nil { filled.insert(.contact) }
    if row.company != nil { filled.insert(.company) }
    if row.responsible != nil { filled.insert(.responsible) }
    if row.source != nil { filled.insert(.source) }
    if row.lastContact != nil { filled.insert(.lastContact) }
    let contact = ContactFilling(
      name: row.contact?.name, phones: [phone?.e164].compactMap(\.self),
      emails: [email?.comparisonKey].compactMap(\.self))
    return Set(filled.map(\.rawValue)).union(contact.filled(in: company))
      .union(fields.members.map(\.name))
  }

  var last: Visit? { visits.last }
  var outcome: Outcome { passage.outcome }
}
