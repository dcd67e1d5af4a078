internal import JSONRPC
internal import SalesRules

extension TenantCall {
  /// A pipeline on which the caller holds any right; others do not exist.
  func pipelineKnown(_ id: Int64) throws(RPCError) -> Pipeline {
    guard standing.knows(pipeline: id), let pipeline = company.pipeline(id) else {
      throw .notFound(what: "pipeline")
    }
    return pipeline
  }

  /// A pipeline whose design the caller may change.
  func pipelineToConfigure(_ id: Int64) throws(RPCError) -> Pipeline {
    let pipeline = try pipelineKnown(id)
    guard standing.holds(.configure, onPipeline: id) else {
      throw .forbidden(needs: Action.configure.rawValue)
    }
    return pipeline
  }

  /// A pipeline whose stages the caller may read: to see its cards or to change its design.
  func pipelineToRead(_ id: Int64) throws(RPCError) -> Pipeline {
    let pipeline = try pipelineKnown(id)
    guard
      standing.holds(.view, onPipeline: id) || standing.holds(.configure, onPipeline: id)
    else { throw .forbidden(needs: Action.view.rawValue) }
    return pipeline
  }

  /// The lists of reasons that the caller has to do with: who closes cards with all of them, others with
  /// those for which the cards that they see may have been closed.
  var knownReasons: Set<ReasonKind> {
    guard !standing.holdsEverything, standing.rights[.close].pipelines.isEmpty else {
      return Set(ReasonKind.allCases)
    }
    let seen = standing.rights[.view].people
    let outcomes = Set(
      company.pipelines.flatMap(\.stages).filter { seen[$0.id] != nil }.map(\.kind))
    return Set(
      ReasonKind.allCases.filter { kind in outcomes.contains(kind == .win ? .won : .lost) })
  }

  /// Whether the caller has anything to do with cards of this kind; an admin has before there are any.
  func knowsPipelines(of kind: CardKind) -> Bool {
    standing.holdsEverything
      || company.pipelines.contains { $0.kind == kind && standing.knows(pipeline: $0.id) }
  }
}

extension Company {
  /// The deal pipelines that count for the plan, in the order in which they are kept.
  var activeDealPipelines: [Pipeline] {
    pipelines.filter { $0.kind == .deal && !$0.isArchived }
  }
}
