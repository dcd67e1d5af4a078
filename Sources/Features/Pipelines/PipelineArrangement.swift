internal import Postgres
internal import SalesRules

/// The company's pipelines as they will stand after one of them was moved, put away, taken back or
/// deleted: where each is, and which of them the plan's limit freezes.
struct PipelineArrangement {
  private let before: [Pipeline]
  private(set) var pipelines: [Pipeline]

  /// The pipelines as they are.
  init(_ company: Company) {
    before = company.pipelines
    pipelines = company.pipelines
  }

  /// One pipeline of them.
  func pipeline(_ id: Int64) -> Pipeline? { pipelines.first { $0.id == id } }

  /// Puts one away, or takes it back.
  mutating func setArchived(_ isArchived: Bool, _ id: Int64) {
    for index in pipelines.indices where pipelines[index].id == id {
      pipelines[index].isArchived = isArchived
      pipelines[index].isFrozen = false
    }
  }

  /// Takes one out for good.
  mutating func remove(_ id: Int64) {
    pipelines.removeAll { $0.id == id }
  }

  /// The deal pipelines in their new order; those put away follow in their old one.
  mutating func reorder(_ order: [Int64]) {
    let put = pipelines.filter { $0.kind == .deal && !order.contains($0.id) }.map(\.id)
    for (index, id) in (order + put).enumerated() {
      // The lead pipeline stands first.
      for place in pipelines.indices where pipelines[place].id == id {
        pipelines[place].position = index + 2
      }
    }
    pipelines.sort { $0.listKey.lexicographicallyPrecedes($1.listKey) }
  }

  /// Freezes what is over the limit, thaws the rest, and counts the versions up of all that differ.
  mutating func settle(by limits: PlanLimits) {
    let inUse = pipelines.filter { $0.kind == .deal && !$0.isArchived }
      .sorted { $0.listKey.lexicographicallyPrecedes($1.listKey) }.map(\.id)
    let frozen = Set(limits.frozenPipelines(inOrderOfKeeping: inUse))
    for index in pipelines.indices {
      if inUse.contains(pipelines[index].id) {
        pipelines[index].isFrozen = frozen.contains(pipelines[index].id)
      }
      if isChanged(pipelines[index]) { pipelines[index].version += 1 }
    }
  }

  /// What writes the difference, after `settle`.
  func statements(tenant: Int64) -> [BoundStatement] {
    let changed = pipelines.filter(isChanged)
    guard !changed.isEmpty else { return [] }
    return [
      PipelineStatements.arrange(
        .integer(tenant), .integers(changed.map(\.id)),
        .integers(changed.map { Int64($0.position) }), .bools(changed.map(\.isArchived)),
        .bools(changed.map(\.isFrozen)), .integers(changed.map { $0.version - 1 }))
    ]
  }

  /// Whether anything stands otherwise than before.
  var isChanged: Bool { pipelines.contains(where: isChanged) }

  private func isChanged(_ pipeline: Pipeline) -> Bool {
    guard let old = before.first(where: { $0.id == pipeline.id }) else { return false }
    return old.position != pipeline.position || old.isArchived != pipeline.isArchived
      || old.isFrozen != pipeline.isFrozen
  }
}
