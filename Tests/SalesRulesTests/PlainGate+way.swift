@testable internal import SalesRules

/// The way that a step leads through the stages, on which the rules of order and what stages require hold.
extension PlainGate {
  /// From place to place among the open stages; -1 is before the first.
  struct Way {
    let design: PipelineDesign
    var hops: [(from: Int, to: Int)] = []
  }

  /// The way that has to keep to the order, if there is any: not that of a card which was lost, to where the
  /// pipeline reopens.
  var way: Way? {
    func single(_ design: PipelineDesign, from: Int = -1, to: GateStage?) -> Way? {
      guard let to, let place = design.stages.firstIndex(where: { $0.id == to.id }) else {
        return nil
      }
      return Way(design: design, hops: [(from, place)])
    }
    switch request.step {
    case .create: return single(own, to: entered.stage)
    case .move(let card, let stage) where !isStay && kind(stage, own) == .open:
      return single(own, from: place(card.stage), to: entered.stage)
    case .reopen(let card, _):
      guard let stage = entered.stage, stage.id != own.reopensInto else { return nil }
      let last = card.lastOpenStage.flatMap { kind($0, own) == .open ? place($0) : nil }
      return single(own, from: last ?? -1, to: stage)
    case .convert(_, let target, _, _):
      return single(target, to: begun.stage)
    case .transfer(let card, let target, _):
      let last = card.lastOpenStage.flatMap { id in
        target.stages.firstIndex { $0.id == id && $0.kind == .open }
      }
      return single(target, from: last ?? -1, to: begun.stage)
    case .copy(let card, let target, _, _, _):
      if card.outcome == .lost, card.pipeline == target.id, let begun = begun.stage,
        begun.id == target.reopensInto
      {
        return nil
      }
      return single(target, to: begun.stage)
    case .import(_, let past, let named, _):
      guard let last = entered.stage else { return nil }
      var way = Way(design: own)
      var (from, wasClosed) = (-1, false)
      for stage in past + (last.kind == .open ? [named] : []) {
        switch kind(stage, own) {
        case .open?:
          if !wasClosed || own.reopensInto != stage { way.hops.append((from, place(stage))) }
          (from, wasClosed) = (place(stage), false)
        case .won?, .lost?: wasClosed = true
        case nil: break
        }
      }
      return way
    default: return nil
    }
  }

  /// Before a good end, all that still lay ahead.
  var ahead: [GateStage] {
    guard entered.stage?.kind == .won else { return [] }
    var from = card.map { place($0.stage) } ?? -1
    if case .import(_, let past, _, _) = request.step {
      from = past.last { kind($0, own) == .open }.map(place) ?? -1
    }
    return own.stages.enumerated().filter { $0.element.kind == .open && $0.offset > from }
      .map(\.element)
  }
}
