internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `import.rows` of deals or leads: cards with their whole past, as if they had been entered then.
///
/// All of a call goes in by a handful of statements over arrays, in one transaction.
struct ImportDeals {
  typealias Batch = ImportBatch<DealRow>

  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func work() async throws -> Work {
    var batch = Batch(call, .deal, externalID: \.externalID) {
      row throws(RowRejection) in try DealRow(row)
    }
    let (record, lookup) = try await open(&batch)
    let stages = try stages(of: record)
    var reasons = ImportedReasons(call.company)
    var accepted: [Batch.Entry] = []
    var cards: [ImportedCard] = []
    for entry in batch.entries where batch.isNew(entry) {
      do throws(RowRejection) {
        if stages.kind == .lead, !call.company.takesLeads {
          throw RowRejection(
            "the company works without leads; bring it in as a deal, or have leads switched on in settings"
          )
        }
        cards.append(
          try ImportedCard(
            entry.row, stages: stages, lookup: lookup, reasons: &reasons, company: call.company,
            now: call.now))
        accepted.append(entry)
        // A row that is rejected leaves its external id to one that comes after it.
        batch.take(entry)
      } catch {
        batch.reject(entry, error)
      }
    }
    guard !accepted.isEmpty else { return .nothing(batch.answer(accepted: 0)) }
    let contacts = try await ImportedContacts(
      cards, kind: stages.kind, isDryRun: record.isDryRun, call: call)
    for (index, warning) in contacts.warnings { batch.warn(accepted[index], warning) }
    let answer = batch.answer(accepted: accepted.count)
    if record.isDryRun {
      return Work(batch.taking(accepted.map { $0.key(0) }), answer: answer)
    }
    let ids = try await call.newIDs(.card, count: cards.count)
    let keys = batch.taking(zip(accepted, ids).map { $0.key($1) })
    return try await write(cards, ids, keys, contacts, stages, record, reasons, answer)
  }

  private func open(_ batch: inout Batch) async throws -> (ImportRecord, ImportLookup) {
    let days = Set(batch.entries.flatMap(\.row.days))
    var wanted: [ImportLookup.Reference: Void] = [:]
    for entry in batch.entries {
      for reference in entry.row.references {
        wanted[ImportLookup.Reference(kind: reference.kind, id: reference.id)] = ()
      }
    }
    let references = Array(wanted.keys)
    let results = try await call.read(
      batch.openingReads + [
        ImportStatements.references(
          call.tenantParameter, .integer(batch.id), .strings(references.map(\.kind.rawValue)),
          .strings(references.map(\.id))),
        ImportStatements.days(call.tenantParameter, .strings(days.map(\.description))),
      ])
    let record = try batch.open(results)
    return (record, try ImportLookup(references: results[3], days: results[4]))
  }

  private func stages(of record: ImportRecord) throws -> ImportStages {
    do throws(RowRejection) {
      if let pipeline = record.pipeline {
        guard let pipeline = call.company.pipeline(pipeline) else {
          throw RowRejection("the import's pipeline was deleted")
        }
        return try ImportStages(
          pipeline, skipsGate: record.skipsGate, company: call.company, now: call.now)
      }
      return try ImportStages(
        draft: record.draft, skipsGate: record.skipsGate, company: call.company, now: call.now)
    } catch {
      throw RPCError.conflict("Rows of deals can't be taken: \(error.reason).")
    }
  }

  private func write(
    _ cards: [ImportedCard], _ ids: [Int64], _ keys: [BoundStatement],
    _ contacts: ImportedContacts, _ stages: ImportStages, _ record: ImportRecord,
    _ reasons: ImportedReasons, _ answer: RawJSON
  ) async throws -> Work {
    let reasonIDs = try await call.newIDs(.reason, count: reasons.made.count)
    var statements = keys
    if !reasons.made.isEmpty {
      let made = zip(reasons.made, reasonIDs).map { reason, id in
        Reason(
          id: id, kind: reason.kind, name: reason.name, isActive: true,
          lossKind: reason.kind == .loss ? .refused : nil, version: 1)
      }
      statements.append(made.insertion(tenant: call.tenant))
    }
    statements += contacts.insertion(import: record.id, call: call)
    var arrays = ImportedCardArrays(
      kind: stages.kind, import: record.id, importer: call.standing.user, reasonIDs: reasonIDs,
      indexed: call.company.indexed(stages.kind), home: call.company.home)
    for (index, card) in cards.enumerated() {
      arrays.append(
        card, id: ids[index], contact: contacts.ids[index], isRepeat: contacts.repeats[index])
    }
    statements += arrays.insertion(tenant: call.tenantParameter, pipeline: record.pipeline ?? 0)
    return Work(statements, answer: answer, movesVersion: !reasons.made.isEmpty)
  }
}
