internal import Features

/// What there is to measure on: companies that are all alike, down to their ids.
struct Ground: Sendable {
  /// A deal pipeline.
  struct Pipeline: Sendable {
    let id: Int64
    /// All stages in their order.
    let stages: [Int64]
    /// The open stages in their order.
    let open: [Int64]

    /// How many cards a board gives of each stage so that there are fifty.
    var boardLimit: Int { max(1, 50 / max(1, stages.count)) }
  }

  /// The first company's number; the others follow without a gap.
  let firstTenant: Int64
  let tenants: Int
  /// How many deals each company has, from 1 on without a gap.
  let deals: Int
  /// The version at which all companies stand.
  let version: Int64
  let pipelines: [Pipeline]
  let owner: Int64
  let member: Int64
  let rights: BenchmarkRights
  /// The stage in which converted leads stand.
  let converted: Int64

  var lastTenant: Int64 { firstTenant + Int64(tenants) - 1 }

  /// Who asks, in every company.
  func user(_ asker: Asker) -> Int64 {
    switch asker {
    case .member: member
    case .admin: owner
    }
  }

  /// The open stage behind each; behind the last comes the first.
  var nextStage: [Int64: Int64] {
    var next: [Int64: Int64] = [:]
    for pipeline in pipelines {
      for (stage, following) in zip(
        pipeline.open, pipeline.open.dropFirst() + pipeline.open.prefix(1))
      {
        next[stage] = following
      }
    }
    return next
  }
}
