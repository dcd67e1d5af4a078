extension GateVerdict {
  /// The answer to two steps that are taken as one, of which the second leads on: allowed where both are;
  /// else all that stands in the way of either, rights first and what is missing last.
  public func followed(by second: GateVerdict) -> GateVerdict {
    if case .allowed(let first) = self, case .allowed(var passage) = second {
      passage.warnings = first.warnings + passage.warnings.filter { !first.warnings.contains($0) }
      return .allowed(passage)
    }
    var rights: [GateProblem] = []
    var others: [GateProblem] = []
    var missing: [FieldRequirement] = []
    for problem in refusals + second.refusals {
      switch problem {
      case .right: if !rights.contains(problem) { rights.append(problem) }
      case .missing(let fields): missing += fields.filter { !missing.contains($0) }
      default: if !others.contains(problem) { others.append(problem) }
      }
    }
    return .refused(rights + others + (missing.isEmpty ? [] : [.missing(missing)]))
  }
}
