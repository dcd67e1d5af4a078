@testable internal import SalesRules

/// The way that a step leads through the stages, on which the rules of order and what stages require hold.
extension PlainGate {
  /// From place to place among the open stages; -1 is before the first.
  struct Way {
    let design: PipelineDesign
    var hops: [(from: Int, to: Int)] = []

    /// The stages that are left out, each once: a way out is on nobody's way but of who takes it.
    var skipped: [Int64] {
      var found: [Int64] = []
      for hop in hops {
        for (index, stage) in design.stages.enumerated()
        where stage.kind == .open && !stage.isExit && index > hop.from && index < hop.to
          && !found.contains(stage.id)
        {
          found.append(stage.id)
        }
      }
      return found
    }

    /// Whether it leads back; out it never does.
    var isBack: Bool { hops.contains { $0.to < $0.from && !design.stages[$0.to].isExit } }

    /// What it leads into and past.
    var stages: [GateStage] {
      hops.flatMap { hop in
        design.stages.enumerated().filter { index, stage in
          stage.kind == .open
            && (index == hop.to || !stage.isExit && index > hop.from && index < hop.to)
        }.map(\.element)
      }
    }
  }

  /// An open stage in which cards stand; of any other nothing is known of cards.
  func holds(_ id: Int64?, _ design: PipelineDesign) -> Bool {
    design.stages.contains { $0.id == id && $0.kind == .open && !$0.isExit }
  }

  /// The way to the way out that a lead takes.
  var wayOut: Way? {
    guard case .convert(let card, _, _, _, let exit?) = request.step else { return nil }
    guard let to = own.stages.firstIndex(where: { $0.id == exit && $0.isExit }) else { return nil }
    return Way(design: own, hops: [(place(card.stage), to)])
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
      let last = card.lastOpenStage.flatMap { holds($0, own) ? place($0) : nil }
      return single(own, from: last ?? -1, to: stage)
    case .convert(_, let target, _, _, _):
      return single(target, to: begun.stage)
    case .transfer(let card, let target, _):
      let last = card.lastOpenStage.flatMap { id in
        target.stages.firstIndex { $0.id == id && holds(id, target) }
      }
      return single(target, from: last ?? -1, to: begun.stage)
    case .copy(let card, let target, _, _, _):
      if card.outcome == .lost, card.pipeline == target.id, let begun = begun.stage,
        begun.id == target.reopensInto
      {
        return nil
      }
      return single(target, to: begun.stage)
    case .relocate(let from, let target, let to):
      guard kind(from, own) == .open, let stage = target.stages.first(where: { $0.id == to }) else {
        return nil
      }
      return single(target, from: target.id == own.id ? place(from) : -1, to: stage)
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
    return own.stages.enumerated()
      .filter { $0.element.kind == .open && !$0.element.isExit && $0.offset > from }
      .map(\.element)
  }
}
