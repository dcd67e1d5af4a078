internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `contact.erase`: a client's data go, and everything that is counted stays.
///
/// Texts about the contact lose its name, phone number and e-mail address; elsewhere only number and
/// address are looked for, since others may bear the name. Audit rows lose their payload as a whole.
struct ContactErasure {
  static let wholeNotes = Member<Bool>.boolean(
    "notes", "Whether the notes on its cards lose their whole texts (false).")
  static let companyNames = Member<Bool>.boolean(
    "company",
    "Whether the name goes from companies that bear it and have no other contacts (false).")
  static let shape = Schema.object(
    [
      "id": .identifier, "erased": .boolean, "dry_run": .boolean, "cards": .integer,
      "notes": .integer, "activities": .integer, "pauses": .integer, "history": .integer,
      "answers": .integer, "audit": .integer,
      "others": .array(of: .identifier),
      "companies": .array(
        of: .object(
          ["id": .identifier, "name": .string, "erased": .boolean], required: ["id", "erased"])),
    ],
    required: [
      "id", "erased", "cards", "notes", "activities", "pauses", "history", "answers", "audit",
      "others",
      "companies",
    ])

  private let contact: Contact
  private let call: TenantCall
  private let values: PersonalValues
  /// The ids it has and had.
  private let ids: [Int64]
  private let names: [String]

  init(_ contact: Contact, merged: [(id: Int64, name: String)], _ call: TenantCall) {
    self.contact = contact
    self.call = call
    ids = [contact.id] + merged.map(\.id)
    names = ClientPoints.distinct([contact.name] + merged.map(\.name)) { $0 }
    values = PersonalValues(
      contact, formerNames: merged.map(\.name),
      placeholder: call.company.locale == .ru ? "[стёрто]" : "[erased]")
  }

  /// A company that bears the contact's name.
  private struct NamedCompany {
    var company: ClientCompany
    /// As it is to be; nil where the name stays.
    var erased: ClientCompany?
  }

  /// What stands where, as it is to be.
  private struct Findings {
    var own = ErasedBelongings()
    var cards:
      [(
        id: Int64, version: Int64, title: String, comment: String?, source: String?,
        fields: String, words: SearchWords
      )] = []
    var notes: [(id: Int64, text: String)] = []
    var activities: [(id: Int64, subject: String?, outcome: String?)] = []
    var pauses: [(card: Int64, version: Int64, reason: String)] = []
    var history: [(card: Int64, version: Int64, details: String)] = []
    var answers: [(principal: String, key: String, answer: String)] = []
    var audit: [AuditRow] = []
    var others: [Int64] = []
    var companies: [NamedCompany] = []
  }

  func work() async throws -> Work {
    let found = try await find()
    if call.isDryRun { return .nothing(answer(found)) }
    // With the version it moves: what others have decided on the client's number or address finds nobody now.
    return Work(
      [found.own.guarding(tenant: call.tenant, contact: contact.id)] + statements(found),
      answer: answer(found), action: .edit, movesVersion: true)
  }

  /// The companies that bear a name of the contact, such as a sole trader's.
  private func companies() async throws -> [NamedCompany] {
    let words = names.map { SearchWords(of: $0).sorted }.filter { !$0.isEmpty }
    let rows = try await call.report(
      words.map {
        ContactErasureStatements.companies(
          call.tenantParameter, .integer(contact.id), .strings($0))
      })
    var companies: [NamedCompany] = []
    for row in rows.flatMap(\.self) {
      let company = try ClientCompany(row)
      guard !companies.contains(where: { $0.company.id == company.id }) else { continue }
      let hasOthers = try row.bool(8)
      let goes = call.arguments[optional: Self.companyNames] == true && !hasOthers
      companies.append(
        NamedCompany(company: company, erased: goes ? withoutName(company) : nil))
    }
    return companies.sorted { $0.company.id < $1.company.id }
  }

  private func withoutName(_ company: ClientCompany) -> ClientCompany {
    var erased = company
    erased.name = values.redacted(company.name, isAbout: true) ?? values.placeholder
    erased.fields =
      values.redacted(.object(company.fields), isAbout: true)?.object ?? company.fields
    let points = Set(contact.points)
    erased.phones.removeAll { PhoneNumber(kept: $0).map { points.contains($0.e164) } ?? false }
    erased.emails.removeAll { EmailAddress($0).map { points.contains($0.comparisonKey) } ?? false }
    return erased
  }

  // MARK: - Finding

  private func find() async throws -> Findings {
    let key: [Parameter] = [
      call.tenantParameter, .integer(contact.id), .strings(values.needles),
    ]
    let companies = try await companies()
    let erasedCompanies = Parameter.strings(
      companies.filter { $0.erased != nil }.map { String($0.company.id) })
    let ownIDs = Parameter.strings(ids.map(String.init))
    let results = try await call.report([
      ContactErasureStatements.cards.bind(key), ContactErasureStatements.notes.bind(key),
      ContactErasureStatements.history.bind(key),
      ContactErasureStatements.answers.bind(key + [ownIDs, erasedCompanies]),
      ContactErasureStatements.others(call.tenantParameter, .integer(contact.id)),
      ContactErasureStatements.activities.bind(key), ContactErasureStatements.pauses.bind(key),
    ])
    var found = Findings()
    found.companies = companies
    found.own = try ErasedBelongings(
      cards: results[0], notes: results[1], activities: results[5])
    for row in results[0] { try add(card: row, to: &found) }
    for row in results[1] { try add(note: row, to: &found) }
    for row in results[2] { try add(history: row, to: &found) }
    for row in results[3] { try add(answer: row, to: &found) }
    for row in results[5] { try add(activity: row, to: &found) }
    for row in results[6] { try add(pause: row, to: &found) }
    found.others = try results[4].map { try $0.integer(0) }
    let audit = try await call.report(
      ContactErasureStatements.audit(
        call.tenantParameter, ownIDs, .strings(values.needles),
        .strings(found.own.cards.map(String.init)), erasedCompanies))
    found.audit = try audit[0].map { try AuditRow($0, tenant: call.tenant) }
    return found
  }

  private func add(card row: Row, to found: inout Findings) throws {
    let isAbout = try row.bool(6)
    let (title, comment, source, fields) = (
      try row.string(2), try row.stringIfPresent(3), try row.stringIfPresent(4), try row.string(5)
    )
    let changed = (
      title: values.redacted(title, isAbout: isAbout),
      comment: comment.flatMap { values.redacted($0, isAbout: isAbout) },
      source: source.flatMap { values.redacted($0, isAbout: isAbout) },
      fields: try redacted(json: fields, isAbout: isAbout)
    )
    guard changed.title ?? changed.comment ?? changed.source ?? changed.fields != nil else {
      return
    }
    let words = SearchWords(
      title: changed.title ?? title,
      fields: try JSONReader().read(changed.fields ?? fields).object ?? [:],
      indexed: call.company.indexed(try row.word(7)), home: call.company.home)
    found.cards.append(
      (
        try row.integer(0), try row.integer(1), changed.title ?? title, changed.comment ?? comment,
        changed.source ?? source, changed.fields ?? fields, words
      ))
  }

  private func add(note row: Row, to found: inout Findings) throws {
    let (text, isAbout) = (try row.string(1), try row.bool(2))
    let isWhole = isAbout && call.arguments[optional: Self.wholeNotes] == true
    let changed =
      isWhole
      ? (text == values.placeholder ? nil : values.placeholder)
      : values.redacted(text, isAbout: isAbout)
    if let changed { found.notes.append((try row.integer(0), changed)) }
  }

  private func add(activity row: Row, to found: inout Findings) throws {
    let (subject, outcome) = (try row.stringIfPresent(1), try row.stringIfPresent(2))
    let isAbout = try row.bool(3)
    let changed = (
      subject: subject.flatMap { values.redacted($0, isAbout: isAbout) },
      outcome: outcome.flatMap { values.redacted($0, isAbout: isAbout) }
    )
    guard changed.subject ?? changed.outcome != nil else { return }
    found.activities.append(
      (try row.integer(0), changed.subject ?? subject, changed.outcome ?? outcome))
  }

  private func add(pause row: Row, to found: inout Findings) throws {
    guard let reason = values.redacted(try row.string(2), isAbout: try row.bool(3)) else { return }
    // What stands there instead may be longer than what was allowed.
    let fitting = String(String.UnicodeScalarView(reason.unicodeScalars.prefix(500)))
    found.pauses.append((try row.integer(0), try row.integer(1), fitting))
  }

  private func add(history row: Row, to found: inout Findings) throws {
    guard let details = try redacted(json: row.string(2), isAbout: row.bool(3)) else { return }
    found.history.append((try row.integer(0), try row.integer(1), details))
  }

  private func add(answer row: Row, to found: inout Findings) throws {
    guard let answer = try redacted(json: row.string(2), isAbout: true) else { return }
    found.answers.append((try row.string(0), try row.string(1), answer))
  }

  private func redacted(json text: String, isAbout: Bool) throws -> String? {
    let json = try JSONReader().read(Array(text.utf8))
    return values.redacted(json, isAbout: isAbout)?.description
  }

  // MARK: - Erasing

  private func statements(_ found: Findings) -> [BoundStatement] {
    let tenant = call.tenantParameter
    var erased = contact
    (erased.name, erased.phones, erased.emails) = (values.placeholder, [], [])
    var statements = erased.rewording(from: contact, tenant: call.tenant)
    for named in found.companies {
      guard let erased = named.erased else { continue }
      statements += erased.rewording(from: named.company, tenant: call.tenant)
      statements.append(erased.update(from: named.company.version, tenant: call.tenant))
    }
    if ids.count > 1 {
      statements.append(
        ClientMergeStatements.eraseNames(tenant, .integer(contact.id), .text(values.placeholder)))
    }
    if !found.cards.isEmpty {
      statements += [
        ImportStatements.planByIndex(),
        SearchWordStatements.cards.bind(
          WordChanges(found.cards.map { ($0.id, $0.words) }).parameters(of: call.tenant)),
      ]
    }
    statements.append(
      ContactStatements.update.bind(
        [tenant, .integer(contact.id)] + erased.parameters + [.integer(contact.version)]
          + erased.pointParameters))
    if !found.cards.isEmpty {
      statements.append(
        ContactErasureStatements.redactCards(
          tenant, .integers(found.cards.map(\.id)), .integers(found.cards.map(\.version)),
          .strings(found.cards.map(\.title)), .strings(found.cards.map(\.comment)),
          .strings(found.cards.map(\.source)), .strings(found.cards.map(\.fields))))
    }
    if !found.notes.isEmpty {
      statements.append(
        ContactErasureStatements.redactNotes(
          tenant, .integers(found.notes.map(\.id)), .strings(found.notes.map(\.text))))
    }
    if !found.activities.isEmpty {
      statements.append(
        ContactErasureStatements.redactActivities(
          tenant, .integers(found.activities.map(\.id)),
          .strings(found.activities.map(\.subject)), .strings(found.activities.map(\.outcome))))
    }
    if !found.pauses.isEmpty {
      statements.append(
        ContactErasureStatements.redactPauses(
          tenant, .integers(found.pauses.map(\.card)), .integers(found.pauses.map(\.version)),
          .strings(found.pauses.map(\.reason))))
    }
    if !found.history.isEmpty {
      statements.append(
        ContactErasureStatements.redactHistory(
          tenant, .integers(found.history.map(\.card)), .integers(found.history.map(\.version)),
          .strings(found.history.map(\.details))))
    }
    if !found.answers.isEmpty {
      statements.append(
        ContactErasureStatements.redactAnswers(
          tenant, .strings(found.answers.map(\.principal)), .strings(found.answers.map(\.key)),
          .strings(found.answers.map(\.answer))))
    }
    let erasure = AuditErasure(rows: found.audit, keys: call.services.audit.keys, now: call.now)
    return statements + erasure.statements(tenant: call.tenant)
  }

  private func answer(_ found: Findings) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("id", contact.id)
        $0.member("erased", !call.isDryRun)
        if call.isDryRun { $0.member("dry_run", true) }
        $0.member("cards", found.cards.count)
        $0.member("notes", found.notes.count)
        $0.member("activities", found.activities.count)
        $0.member("pauses", found.pauses.count)
        $0.member("history", found.history.count)
        $0.member("answers", found.answers.count)
        $0.member("audit", found.audit.count)
        $0.name("others")
        $0.array { for id in found.others { $0.value(id) } }
        $0.name("companies")
        $0.array { list in
          for named in found.companies {
            list.object {
              $0.member("id", named.company.id)
              // Of what is done the answer is kept: the name would stand there again.
              if call.isDryRun { $0.member("name", named.company.name) }
              $0.member("erased", named.erased != nil && !call.isDryRun)
            }
          }
        }
      }
    }
  }
}
