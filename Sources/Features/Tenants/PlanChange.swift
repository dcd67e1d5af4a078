internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.set_plan`: another plan, and what freezes or thaws by it.
struct PlanChange {
  /// What a dry run answers.
  static let preview = Schema.object(
    [
      "dry_run": .boolean, "tenant": .string, "plan": .string, "pipelines_frozen": .integer,
      "exceeded": .array(
        of: .object(
          ["limit": .string, "max": .integer, "used": .integer, "meaning": .string],
          required: ["limit", "max", "used", "meaning"])),
      "freeze": pipelines, "stay_frozen": pipelines, "thaw": pipelines,
      "features_lost": .array(of: .string),
      "kept_shorter": .array(
        of: .object(
          ["what": .string, "from": Schema.integer.nullable, "to": .integer],
          required: ["what", "from", "to"])),
    ],
    required: [
      "dry_run", "tenant", "plan", "pipelines_frozen", "exceeded", "freeze", "stay_frozen", "thaw",
      "features_lost", "kept_shorter",
    ])
  private static let pipelines = Schema.array(
    of: .object(["id": .identifier, "name": .string], required: ["id", "name"]))

  private let call: OperatorCall
  private let tenant: Tenant

  init(_ call: OperatorCall, _ tenant: Tenant) {
    self.call = call
    self.tenant = tenant
  }

  func work() async throws -> Work {
    try call.requireVersion(tenant.version)
    let plan = try await find(call.arguments[TenantMembers.plan])
    guard plan.isActive || plan.code == tenant.plan else {
      throw RPCError.invalid([
        FieldProblem(path: "plan", problem: "has been retired; choose one that is on offer")
      ])
    }
    if call.isDryRun { return try await preview(plan) }
    var changed = tenant
    changed.plan = plan.code
    var work = changed.changed([
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.freeze(.integer(tenant.id), .integer(plan.limits.dealPipelines)),
    ])
    // What was decided on stays so until the end: the plan may be changed at the same time.
    work.statements.insert(
      PlanStatements.hold(.text(plan.code), .integer(plan.version)), at: 0)
    work.before = RawJSON { tenant.write(to: &$0) }
    work.furtherEvents = try await warnings(under: plan)
    return work
  }

  private func find(_ code: String) async throws -> Plan {
    guard let row = try await call.read(PlanStatements.get(.text(code)))[0].first else {
      throw RPCError.notFound(what: "plan")
    }
    return try Plan(row, from: 0)
  }

  /// What the company has to know of limits that are nearer than before.
  private func warnings(under plan: Plan) async throws -> [EventDraft] {
    let present = try await find(tenant.plan)
    let results = try await call.read(
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.usage(.integer(tenant.id)))
    let usage = try TenantPlanStatements.usage(in: results[1])
    return plan.limits.warnings(by: usage, replacing: present.limits).map {
      .warning($0, plan: plan.code)
    }
  }

  // MARK: - What would come of it

  private func preview(_ plan: Plan) async throws -> Work {
    let present = try await find(tenant.plan)
    let results = try await call.read(
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.usage(.integer(tenant.id)),
      TenantPlanStatements.kept(.integer(tenant.id)))
    let usage = try TenantPlanStatements.usage(in: results[1])
    let pipelines = try results[2].map(Kept.init)
    let frozen = Set(plan.limits.frozenPipelines(inOrderOfKeeping: pipelines.map(\.id)))
    let violations = plan.limits.violations(by: usage)
    let lost = PlanFeature.allCases.filter {
      present.offer.includes($0) && !plan.offer.includes($0)
    }
    return .nothing(
      RawJSON {
        $0.object {
          $0.member("dry_run", true)
          $0.member("tenant", tenant.slug)
          $0.member("plan", plan.code)
          $0.member("pipelines_frozen", frozen.count)
          $0.name("freeze")
          $0.array {
            for pipeline in pipelines where frozen.contains(pipeline.id) && !pipeline.isFrozen {
              pipeline.write(to: &$0)
            }
          }
          $0.name("stay_frozen")
          $0.array {
            for pipeline in pipelines where frozen.contains(pipeline.id) && pipeline.isFrozen {
              pipeline.write(to: &$0)
            }
          }
          $0.name("thaw")
          $0.array {
            for pipeline in pipelines where !frozen.contains(pipeline.id) && pipeline.isFrozen {
              pipeline.write(to: &$0)
            }
          }
          $0.name("exceeded")
          $0.array {
            for violation in violations {
              $0.object {
                $0.member("limit", violation.limit.rawValue)
                $0.member("max", violation.max)
                $0.member("used", violation.used)
                $0.member("meaning", violation.meaning)
              }
            }
          }
          $0.member("features_lost", lost.map(\.rawValue))
          // What is older is cleared away soon afterwards, and no later plan brings it back.
          $0.name("kept_shorter")
          $0.array {
            for part in PlanRetention.Part.allCases {
              guard let to = plan.retention[part], to < present.retention[part] ?? .max else {
                continue
              }
              $0.object {
                $0.member("what", part.rawValue)
                $0.member("from", present.retention[part])
                $0.member("to", to)
              }
            }
          }
        }
      })
  }

  /// A pipeline as far as the operator needs to tell the company which it is.
  private struct Kept {
    let id: Int64
    let name: String
    let isFrozen: Bool

    init(_ row: Row) throws {
      id = try row.integer(0)
      name = try row.string(1)
      isFrozen = try row.bool(2)
    }

    func write(to writer: inout JSONWriter) {
      writer.object {
        $0.member("id", id)
        $0.member("name", name)
      }
    }
  }
}

extension PlanViolation {
  /// What an exceeded limit means for what is there.
  fileprivate var meaning: String {
    let excess = used - max
    return switch limit {
    case .dealPipelines:
      "\(excess) pipelines freeze: their cards can be read, noted and closed, nothing is added."
    case .stagesPerPipeline:
      "All stages stay; no stage is added to a pipeline that has \(max) or more."
    case .users:
      "All \(used) people stay; nobody is added or reactivated until \(excess + 1) are deactivated."
    case .customFields:
      "All \(used) fields stay; none is added until \(excess + 1) are deleted."
    case .robots:
      "All \(used) robots stay; none is added or switched on until \(excess + 1) are gone."
    case .requestsPerSecond:
      "Requests beyond \(max) a second are refused."
    }
  }
}
