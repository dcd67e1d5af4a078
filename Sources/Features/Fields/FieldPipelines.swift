internal import JSONRPC
internal import SalesRules

/// Of which pipelines a field is.
enum FieldPipelines {
  /// Refuses pipelines that the company does not have, or that are for other cards.
  static func require(
    _ pipelines: [Int64]?, of kind: CardKind, _ company: Company
  ) throws(RPCError) {
    for id in pipelines ?? [] {
      guard let pipeline = company.pipeline(id) else { throw .notFound(what: "pipeline") }
      guard pipeline.kind == kind else {
        throw .invalid([
          FieldProblem(path: "pipelines", problem: "name one that is not for \(kind.rawValue)s")
        ])
      }
    }
  }
}

extension Field {
  /// As somebody is told of it, who knows of their own pipelines alone; nil where it is of none of these.
  ///
  /// Into which field of deals it goes is told to those who are told of that field.
  func told(to standing: Standing, in company: Company) -> Field? {
    guard !standing.holdsEverything else { return self }
    var told = self
    if let target = convertsTo.flatMap(company.field) {
      let isKnown = company.pipelines.contains {
        $0.kind == .deal && target.isOf(pipeline: $0.id) && standing.knows(pipeline: $0.id)
      }
      if !isKnown { told.convertsTo = nil }
    }
    guard let pipelines else { return told }
    told.pipelines = pipelines.filter { standing.knows(pipeline: $0) }
    return told.pipelines == [] ? nil : told
  }
}
