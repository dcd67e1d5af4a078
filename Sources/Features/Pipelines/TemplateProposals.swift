internal import JSON
internal import Postgres
internal import SalesRules

/// What a template brings besides its pipeline: reasons and last-contact statuses for the company's lists
/// and fields of its own.
///
/// A reason comes where its list has none of the name, one that was put away included: what the company
/// has decided stays. A field comes for this pipeline alone, where the kind of card has none with the key, as
/// many as the plan has room for; the others are named and left out, and the pipeline's stages do not demand
/// them. One that is there for other pipelines becomes this one's too.
struct TemplateProposals {
  private(set) var reasons: [Reason] = []
  private(set) var statuses: [ContactStatus] = []
  private(set) var fields: [Field] = []
  /// Fields of other pipelines, at the version that was read, that become this one's too.
  private(set) var extended: [Field] = []
  /// The keys of fields for which the plan has no room.
  private(set) var leftOut: [String] = []

  /// Nothing.
  init() {}

  /// What of the template for this pipeline the company does not have.
  init(_ template: LocalizedPipeline, for pipeline: Int64, _ call: TenantCall) async throws {
    let company = call.company
    try await self.init(fieldsOf: template, for: pipeline, call)
    let missing = template.reasons.filter { proposed in
      !company.reasons.contains {
        $0.kind == proposed.kind && $0.name.lowercased() == proposed.name.lowercased()
      }
    }
    let reasonIDs = try await call.newIDs(.reason, count: missing.count)
    reasons = zip(missing, reasonIDs).map { $0.made(id: $1) }
    statuses = try await [ContactStatus].missing(of: template.contactStatuses, call)
  }

  /// The template's fields alone, as far as the pipeline would not have them.
  init(
    fieldsOf template: LocalizedPipeline, for pipeline: Int64, _ call: TenantCall
  ) async throws {
    let company = call.company
    extended = company.fields.compactMap { field in
      let isProposed = template.fields.contains { $0.key == field.key && $0.type == field.type }
      guard isProposed, field.cardKind == template.kind, let pipelines = field.pipelines,
        !field.isOf(pipeline: pipeline)
      else { return nil }
      var field = field
      field.pipelines = (pipelines + [pipeline]).sorted()
      return field
    }
    let unknown = template.fields.filter { proposed in
      !company.fields.contains { $0.cardKind == template.kind && $0.key == proposed.key }
    }
    let room = company.plan.limits.customFields.map { max(0, $0 - company.fields.count) } ?? .max
    let fitting = Array(unknown.prefix(room))
    leftOut = unknown.dropFirst(fitting.count).map(\.key)
    let fieldIDs = try await call.newIDs(.field, count: fitting.count)
    let first = company.nextFieldPosition(of: template.kind)
    fields = zip(fitting, fieldIDs).enumerated().map { index, pair in
      Field(
        id: pair.1, cardKind: template.kind, key: pair.0.key, name: pair.0.name,
        type: pair.0.type, choices: pair.0.choices, position: first + index,
        pipelines: [pipeline], version: 1)
    }
  }

  /// The keys of the fields that cards of the new pipeline can be given values of.
  func keys(_ kind: CardKind, in company: Company) -> Set<String> {
    let ofAll = company.fields.filter { $0.cardKind == kind && $0.pipelines == nil }
    return Set((ofAll + fields + extended).map(\.key))
  }

  /// What writes them.
  func statements(_ call: TenantCall) -> [BoundStatement] {
    var statements =
      fields.map { $0.insertion(tenant: call.tenant) }
      + extended.map { $0.update(tenant: call.tenant) }
    if !reasons.isEmpty { statements.append(reasons.insertion(tenant: call.tenant)) }
    if !statuses.isEmpty { statements.append(statuses.insertion(tenant: call.tenant)) }
    if !fields.isEmpty {
      statements.append(
        FieldStatements.requireAllowed(
          call.tenantParameter, .integer(call.company.plan.limits.customFields)))
    }
    return statements
  }

  /// The member `added` of the pipeline that was made.
  func write(to writer: inout JSONWriter) {
    writer.member("added") {
      $0.name("reasons")
      $0.array { for reason in reasons { reason.write(to: &$0) } }
      $0.name("fields")
      $0.array { for field in fields { field.write(to: &$0) } }
      $0.member("fields_extended", extended.map(\.key))
      $0.member("fields_left_out", leftOut)
      $0.name("contact_statuses")
      $0.array { for status in statuses { status.write(to: &$0) } }
    }
  }
}
