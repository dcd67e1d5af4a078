internal import SalesRules

/// The rule on rights once more, slowly, from the words of the protocol and nothing else: what tests hold
/// the database and the explanations against.
struct PlainRights {
  struct Group {
    var id: Int64
    var parent: Int64?
    var members: Set<Int64> = []
    var leads: Set<Int64> = []
  }

  struct Given {
    var id: Int64
    var pipeline: Int64
    /// "user", "team" or "everyone", and whose number.
    var to: (kind: String, id: Int64)
    var actions: Set<String>
    var cards: String
    var outcome: String
    var stages: Set<Int64>?
  }

  struct Placed {
    var id: Int64
    var pipeline: Int64
    var stage: Int64
    var responsible: Int64?
    var outcome: String
  }

  var groups: [Group] = []
  var given: [Given] = []

  /// The grants that give an action on a card, by number.
  func grants(_ action: String, of user: Int64, on card: Placed) -> [Int64] {
    given.filter { grant in
      grant.pipeline == card.pipeline && grant.actions.contains(action) && reaches(grant, user)
        && (["create", "configure"].contains(action) || takesIn(grant, of: user, card))
    }.map(\.id).sorted()
  }

  /// Whether a user may do something with a card.
  func allows(_ action: String, of user: Int64, on card: Placed) -> Bool {
    let isGranted = !grants(action, of: user, on: card).isEmpty
    if ["create", "configure"].contains(action) { return isGranted }
    // A card one may not see does not exist.
    guard !grants("view", of: user, on: card).isEmpty else { return false }
    return isGranted || action == "assign" && leads(user, theResponsibleOf: card)
  }

  /// What a user may do at all in a pipeline.
  func actions(of user: Int64, onPipeline pipeline: Int64) -> Set<String> {
    var actions: Set<String> = []
    for grant in given where grant.pipeline == pipeline && reaches(grant, user) {
      actions.formUnion(grant.actions)
    }
    if actions.contains("view"), groups.contains(where: { $0.leads.contains(user) }) {
      actions.insert("assign")
    }
    return actions
  }

  private func reaches(_ grant: Given, _ user: Int64) -> Bool {
    switch grant.to.kind {
    case "user": grant.to.id == user
    case "team": belongs(user, to: grant.to.id)
    default: true
    }
  }

  private func belongs(_ user: Int64, to group: Int64) -> Bool {
    groups.contains { $0.id == group && ($0.members.contains(user) || $0.leads.contains(user)) }
  }

  private func takesIn(_ grant: Given, of user: Int64, _ card: Placed) -> Bool {
    if let stages = grant.stages, !stages.contains(card.stage) { return false }
    if grant.outcome != "any", grant.outcome != card.outcome { return false }
    if grant.cards == "all" { return true }
    guard let responsible = card.responsible else { return false }
    if grant.cards == "own" { return responsible == user }
    // The team that the grant names, or any of the user's.
    let named = groups.map(\.id).filter {
      grant.to.kind == "team" ? $0 == grant.to.id : belongs(user, to: $0)
    }
    let theirs = groups.map(\.id).filter { belongs(responsible, to: $0) }
    return theirs.contains { group in
      grant.cards == "team" ? named.contains(group) : above(group).contains(where: named.contains)
    }
  }

  /// A group and all above it.
  private func above(_ group: Int64) -> [Int64] {
    var path: [Int64] = []
    var next: Int64? = group
    while let id = next {
      path.append(id)
      next = groups.first { $0.id == id }?.parent
    }
    return path
  }

  private func leads(_ user: Int64, theResponsibleOf card: Placed) -> Bool {
    guard let responsible = card.responsible else { return false }
    return groups.contains { group in
      belongs(responsible, to: group.id)
        && above(group.id).contains { id in
          groups.contains { $0.id == id && $0.leads.contains(user) }
        }
    }
  }
}
