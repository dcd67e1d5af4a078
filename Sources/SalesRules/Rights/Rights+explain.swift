extension Rights {
  /// For every action: by what it is held on this card, or why it is not and what would change that.
  public func explain(_ card: RightsCard) -> [Action: RightsExplanation] {
    Dictionary(uniqueKeysWithValues: Action.allCases.map { ($0, explain($0, on: card)) })
  }

  /// By what the action is held on this card, or why it is not and what would change that.
  public func explain(_ action: Action, on card: RightsCard) -> RightsExplanation {
    guard person.isActive else {
      return .denied(because: .inactive, wouldNeed: .reactivate)
    }
    guard !person.role.holdsEverything else {
      return .allowed(by: .role(person.role))
    }
    guard allows(action, on: card) else {
      return .denied(
        because: denial(of: action, on: card), wouldNeed: needed(for: action, on: card))
    }
    return .allowed(
      by: .grants(
        grants(giving: action, on: card).sorted { $0.id < $1.id },
        leading: leading(action, on: card)))
  }

  private func denial(of action: Action, on card: RightsCard) -> RightsDenial {
    let here = grants.filter { $0.pipeline == card.pipeline }
    let giving = here.filter { $0.actions.contains(action) }
    let reaching = giving.filter {
      covers($0.cards, for: $0.recipient, responsible: card.responsible)
    }
    guard !here.isEmpty else { return .noGrantOnPipeline }
    guard !isGranted(action, on: card) else { return .notVisible }
    guard !giving.isEmpty else { return .actionNotGranted }
    guard !reaching.isEmpty else { return .notTheirCard }
    return reaching.contains { $0.outcome.includes(card.outcome) } ? .otherStage : .otherOutcome
  }

  /// A grant to this person alone: other people's rights stay as they are.
  private func needed(for action: Action, on card: RightsCard) -> RightsChange {
    var missing: Set<Action> = isGranted(action, on: card) ? [] : [action]
    if !action.concernsPipeline && !isGranted(.view, on: card) { missing.insert(.view) }
    let present = grants.first {
      $0.pipeline == card.pipeline && $0.recipient == .user(person.id)
    }
    guard let present else {
      let cards = action.concernsPipeline ? .own : narrowestScope(from: nil, covering: card)
      let outcome = action.concernsPipeline ? .any : OutcomeScope(card.outcome)
      return .give(
        NeededGrant(
          pipeline: card.pipeline, user: person.id, actions: missing, cards: cards, outcome: outcome
        ))
    }
    var change = NeededGrant(
      pipeline: card.pipeline, user: person.id, actions: present.actions.union(missing),
      cards: present.cards, outcome: present.outcome, stages: present.stages,
      replaces: present.id)
    if !action.concernsPipeline {
      change.cards = narrowestScope(from: present.cards, covering: card)
      change.outcome = present.outcome.union(OutcomeScope(card.outcome))
      change.stages?.insert(card.stage)
    }
    return .give(change)
  }

  /// The narrowest scope of a grant to this person that covers the card and, where it takes the place of
  /// one with the scope `present`, is not narrower and goes on to cover the person's own cards: who leads
  /// a team without being a member has no own cards under `team`.
  private func narrowestScope(from present: CardScope?, covering card: RightsCard) -> CardScope {
    let coversOwn = present.map {
      covers($0, for: .user(person.id), responsible: person.id)
    }
    let first = CardScope.allCases.first { scope in
      guard scope >= present ?? .own else { return false }
      guard covers(scope, for: .user(person.id), responsible: card.responsible) else {
        return false
      }
      guard scope != present, coversOwn == true else { return true }
      return covers(scope, for: .user(person.id), responsible: person.id)
    }
    return first ?? .all
  }
}
