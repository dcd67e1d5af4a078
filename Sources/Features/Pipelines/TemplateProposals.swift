internal import JSON
internal import Postgres
internal import SalesRules

/// What a template brings besides its pipeline: reasons and last-contact statuses for the company's lists
/// and fields of its own.
///
/// A reason comes where its list has none of the name, one that was put away included: what the company
/// has decided stays. A field comes where the kind of card has none with the key, as many as the plan has
/// room for; the others are named and left out, since a template demands none of them.
struct TemplateProposals {
  private(set) var reasons: [Reason] = []
  private(set) var statuses: [ContactStatus] = []
  private(set) var fields: [Field] = []
  /// The keys of fields for which the plan has no room.
  private(set) var leftOut: [String] = []

  /// Nothing.
  init() {}

  /// What of the template the company does not have.
  init(_ template: LocalizedPipeline, _ call: TenantCall) async throws {
    let company = call.company
    let missing = template.reasons.filter { proposed in
      !company.reasons.contains {
        $0.kind == proposed.kind && $0.name.lowercased() == proposed.name.lowercased()
      }
    }
    let reasonIDs = try await call.newIDs(.reason, count: missing.count)
    reasons = zip(missing, reasonIDs).map { $0.made(id: $1) }
    statuses = try await [ContactStatus].missing(of: template.contactStatuses, call)
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
        type: pair.0.type, choices: pair.0.choices, position: first + index, version: 1)
    }
  }

  /// What writes them.
  func statements(_ call: TenantCall) -> [BoundStatement] {
    var statements = fields.map { $0.insertion(tenant: call.tenant) }
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
      $0.member("fields_left_out", leftOut)
      $0.name("contact_statuses")
      $0.array { for status in statuses { status.write(to: &$0) } }
    }
  }
}
