extension Rights {
  /// Whose cards an action is held on, with the people named.
  public struct Reach: Hashable, Sendable {
    /// Everybody's, and nobody's.
    public let everybody: Bool
    /// Those of these people.
    public let people: Set<Int64>

    /// Whether it takes in cards of this responsible, nil for nobody.
    public func takesIn(_ responsible: Int64?) -> Bool {
      everybody || responsible.map(people.contains) ?? false
    }
  }

  /// Whose cards in a stage may be viewed.
  ///
  /// The same as asking ``allows(_:on:)`` of every card there, for many cards at once.
  public func sight(ofStage stage: Int64, in pipeline: Int64, _ outcome: Outcome) -> Reach {
    guard person.isActive else { return Reach(everybody: false, people: []) }
    guard !person.role.holdsEverything else { return Reach(everybody: true, people: []) }
    let reach = grants.reduce(CardReach.nobody) { reach, grant in
      guard grant.pipeline == pipeline, grant.actions.contains(.view),
        grant.takesIn(stage: stage, outcome)
      else { return reach }
      return reach.union(self.reach(of: grant, to: person.id))
    }
    return Reach(
      everybody: reach.everybody, people: reach.people.union(teams.members(of: reach.teams)))
  }

  /// The grants that give an action on a pipeline, by id.
  public func grants(giving action: Action, onPipeline pipeline: Int64) -> [Grant] {
    grants.filter { $0.pipeline == pipeline && $0.actions.contains(action) }
      .sorted { $0.id < $1.id }
  }

  /// Whether the person may assign the cards of those they lead that they view in the pipeline.
  public func assignsAsLead(onPipeline pipeline: Int64) -> Bool {
    guard person.isActive, !person.role.holdsEverything, !ledPeople.isEmpty else { return false }
    return !grants(giving: .view, onPipeline: pipeline).isEmpty
  }
}
