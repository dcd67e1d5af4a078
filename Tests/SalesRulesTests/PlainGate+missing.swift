@testable internal import SalesRules

/// What the stages on the way and at its end require, and is not there.
extension PlainGate {
  var missing: [FieldRequirement] {
    var owed: [(GateStage, Set<String>)] = []
    var held = card?.filled ?? []
    switch request.step {
    case .create(let filled, _), .import(let filled, _, _, _): held = filled
    default: break
    }
    func onTheWay(_ filled: Set<String>) {
      owed += (way?.stages ?? []).map { ($0, filled) }
    }
    owed += (wayOut?.stages ?? []).map { ($0, held) }
    if case .relocate(let from, let target, let to) = request.step,
      let left = own.stages.first(where: { $0.id == from }),
      let entered = target.stages.first(where: { $0.id == to })
    {
      let demanded = Set(left.required.flatMap(\.alternatives))
      onTheWay(demanded)
      owed.append((entered, demanded))
    }
    if case .import(_, let past, _, _) = request.step, entered.stage != nil {
      for id in past {
        guard let stage = own.stages.first(where: { $0.id == id }), stage.kind == .open else {
          continue
        }
        owed.append((stage, held))
      }
    }
    if let stage = entered.stage {
      if begun.stage == nil { onTheWay(held) }
      owed += ahead.map { ($0, held) }
      owed.append((stage, held))
    }
    if let stage = begun.stage {
      switch request.step {
      case .convert(_, _, _, let filled, _), .copy(_, _, _, let filled, _):
        onTheWay(filled)
        owed.append((stage, filled))
      default:
        onTheWay(held)
        owed.append((stage, held))
      }
    }
    var missing: [FieldRequirement] = []
    for (stage, filled) in owed {
      for requirement in stage.required
      where Set(requirement.alternatives).isDisjoint(with: filled) {
        if !missing.contains(requirement) { missing.append(requirement) }
      }
    }
    return missing
  }
}
