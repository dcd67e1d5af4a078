internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `lead.convert`: the lead ends well and a deal begins in the pipeline of the right direction, carrying
/// its contact, fields and notes (S1). One transaction, and once.
struct LeadConversion {
  private let call: TenantCall
  private let arguments: Arguments

  init(_ call: TenantCall) {
    self.call = call
    arguments = call.arguments
  }

  func work() async throws -> Work {
    let reading = try await CardReading.find(
      arguments[CommonMembers.id], .lead, for: .close, call)
    let lead = reading.card
    guard let leads = call.company.pipeline(lead.pipeline) else {
      throw RPCError.notFound(what: "pipeline")
    }
    let target = try target()
    let named = arguments[optional: CardMembers.responsible]
    let amount = try arguments[optional: CardMembers.amount]?.price("amount", in: call.company)
    let fields = try await CardValues.fields(carried(lead.fields), kind: .deal, call)
    var deal = Card(
      id: try await call.newID(.card), kind: .deal, pipeline: target.id, stage: 0, outcome: .open,
      title: arguments[optional: CardMembers.title] ?? lead.title, amount: amount ?? lead.amount,
      contact: lead.contact, company: lead.company,
      responsible: named ?? call.standing.usual(in: target), source: lead.source, fields: fields,
      isRepeat: lead.isRepeat, basedOn: lead.id, createdAt: call.now, stageEnteredAt: call.now,
      touchedAt: call.now, version: 1)
    let filled = deal.filledOwn.union(reading.contactFilled).union(fields.members.map(\.name))
    let passage = try CardGate.pass(
      .convert(
        reading.gateCard(), into: target.design, stage: arguments[optional: CardMembers.stage],
        filled: filled), in: leads, call)
    deal.stage = passage.entered ?? deal.stage
    if let named { try await CardValues.requireSight(named, of: deal.place, call) }
    var change = CardChange(.converted, of: lead, call)
    change.note("deal", .integer(deal.id))
    change.follow(passage, reason: nil, comment: nil)
    let notes = try await carriedNotes(from: lead, to: deal)
    var work = Work(
      change.statements + [deal.insertion(call, isConverted: true)] + notes,
      answer: RawJSON {
        $0.object {
          $0.name("lead")
          change.after.write(to: &$0, for: call)
          $0.name("deal")
          deal.write(to: &$0, for: call)
        }
      }, before: lead.whole(for: call),
      after: RawJSON {
        $0.object {
          $0.name("lead")
          change.after.write(to: &$0, currency: call.company.currency)
          $0.name("deal")
          deal.write(to: &$0, currency: call.company.currency)
        }
      }, card: lead.id, action: .close, written: [lead.id, deal.id])
    work.sight = .changed(change.after, from: lead)
    work.furtherEvents = [
      EventDraft(name: "deal.create", noun: "deal", subject: deal.id, sight: .new(deal))
    ]
    return work
  }

  private func target() throws(RPCError) -> Pipeline {
    let id = arguments[CardMembers.pipeline]
    guard let pipeline = call.company.pipeline(id), call.standing.knows(pipeline: id) else {
      throw .notFound(what: "pipeline")
    }
    guard call.standing.holds(.create, onPipeline: id) else {
      throw .forbidden(needs: Action.create.rawValue)
    }
    return pipeline
  }

  /// Values of the lead's fields that deals have too, of the same type.
  private func carried(_ fields: JSONObject) -> JSONObject {
    let own = call.company.fields
    let kept = fields.members.filter { member in
      let from = own.first { $0.cardKind == .lead && $0.key == member.name }
      let to = own.first { $0.cardKind == .deal && $0.key == member.name }
      return from != nil && from?.type == to?.type
    }
    return JSONObject(kept.map { ($0.name, $0.value) })
  }

  private func carriedNotes(from lead: Card, to deal: Card) async throws -> [BoundStatement] {
    let rows = try await call.read(
      LeadConversionStatements.notes(call.tenantParameter, .integer(lead.id)))
    let notes = try rows[0].map { try $0.integer(0) }
    guard !notes.isEmpty else { return [] }
    return [
      LeadConversionStatements.carryNotes(
        call.tenantParameter, .integer(deal.id), .integers(notes),
        .integers(try await call.newIDs(.note, count: notes.count)))
    ]
  }
}
