internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What would become of a company under another plan, or under its own with other limits.
struct PlanForecast {
  /// Its members beside others.
  static func schema(_ further: [(String, Schema)] = []) -> Schema {
    let pipelines = Schema.array(
      of: .object(["id": .identifier, "name": .string], required: ["id", "name"]))
    let exceeded = Schema.object(
      ["limit": .string, "max": .integer, "used": .integer, "meaning": .string],
      required: ["limit", "max", "used", "meaning"])
    let kept = Schema.object(
      ["what": .string, "from": Schema.integer.nullable, "to": .integer],
      required: ["what", "from", "to"])
    let members: [(String, Schema)] =
      further + [
        ("tenant", .string), ("plan", .string), ("pipelines_frozen", .integer),
        ("exceeded", .array(of: exceeded)), ("freeze", pipelines), ("stay_frozen", pipelines),
        ("thaw", pipelines), ("features_lost", .array(of: .string)),
        ("kept_shorter", .array(of: kept)),
      ]
    return .object(properties: members, required: members.map(\.0))
  }

  private let slug: String
  private let present: Plan
  private let plan: Plan
  private let pipelines: [Kept]
  private let frozen: Set<Int64>
  private let violations: [PlanViolation]
  private let lost: [PlanFeature]

  /// Reads what the company uses now.
  init(
    _ call: OperatorCall, tenant: Int64, slug: String, from present: Plan, to plan: Plan
  ) async throws {
    let results = try await call.read(
      ContextStatements.server(.integer(tenant)), TenantPlanStatements.usage(.integer(tenant)),
      TenantPlanStatements.kept(.integer(tenant)))
    let usage = try TenantPlanStatements.usage(in: results[1])
    let pipelines = try results[2].map(Kept.init)
    self.slug = slug
    self.present = present
    self.plan = plan
    self.pipelines = pipelines
    frozen = Set(plan.limits.frozenPipelines(inOrderOfKeeping: pipelines.map(\.id)))
    violations = plan.limits.violations(by: usage)
    lost = PlanFeature.allCases.filter {
      present.offer.includes($0) && !plan.offer.includes($0)
    }
  }

  /// Whether the company would notice.
  var changesAnything: Bool {
    pipelines.contains { frozen.contains($0.id) != $0.isFrozen } || !violations.isEmpty
      || !lost.isEmpty || !keptShorter.isEmpty
  }

  func writeMembers(to writer: inout JSONWriter) {
    writer.member("tenant", slug)
    writer.member("plan", plan.code)
    writer.member("pipelines_frozen", frozen.count)
    let lists: [(String, (Kept) -> Bool)] = [
      ("freeze", { frozen.contains($0.id) && !$0.isFrozen }),
      ("stay_frozen", { frozen.contains($0.id) && $0.isFrozen }),
      ("thaw", { !frozen.contains($0.id) && $0.isFrozen }),
    ]
    for (name, belongs) in lists {
      writer.name(name)
      writer.array { for pipeline in pipelines where belongs(pipeline) { pipeline.write(to: &$0) } }
    }
    writer.name("exceeded")
    writer.array { for violation in violations { violation.write(to: &$0) } }
    writer.member("features_lost", lost.map(\.rawValue))
    // What is older is cleared away soon afterwards, and no later plan brings it back.
    writer.name("kept_shorter")
    writer.array {
      for (part, to) in keptShorter {
        $0.object {
          $0.member("what", part.rawValue)
          $0.member("from", present.retention[part])
          $0.member("to", to)
        }
      }
    }
  }

  private var keptShorter: [(PlanRetention.Part, Int)] {
    PlanRetention.Part.allCases.compactMap { part in
      guard let to = plan.retention[part], to < present.retention[part] ?? .max else { return nil }
      return (part, to)
    }
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
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("limit", limit.rawValue)
      $0.member("max", max)
      $0.member("used", used)
      $0.member("meaning", meaning)
    }
  }

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
