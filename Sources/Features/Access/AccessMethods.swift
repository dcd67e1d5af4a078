internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `access.*`: who may do what and why, and what a change would change. Admins ask about everybody, leads
/// about those they lead.
enum AccessMethods {
  static let all = [matrix, explain, preview]

  private static let user = Member<Int64>.identifier("user", "The user asked about.")
  private static let card = Member<Int64>.identifier("card", "The lead or deal asked about.")

  private static let explain = Method(
    "access.explain", "For every action: by which grants a user holds it on a card, or why not.",
    details:
      "`would_need` holds the params of the grant.give that would allow it, `replaces` the grant "
      + "that this would replace. Admins may ask about anybody, leads about those they lead, others "
      + "about themselves, on cards that they see.",
    takes: [.required(user), .required(card)],
    gives: .object(["actions": .anyObject], required: ["actions"]), errors: [.notFound],
    .read(.member) { call in
      let user = call.arguments[user]
      let scene = try await AccessScene(reading: call)
      guard user == call.standing.user || scene.manages(user: user) else {
        throw RPCError.forbidden(
          needs: "admin", "Only an admin, or a lead of theirs, may ask about others.")
      }
      let rows = try await call.read(
        AccessStatements.place(call.tenantParameter, .integer(call.arguments[card])))
      guard let row = rows[0].first else { throw RPCError.notFound(what: "card") }
      guard let standing = try await call.standing(of: user) else {
        throw RPCError.notFound(what: "user")
      }
      let place = try RightsCard(row)
      let rights = scene.rights(
        of: Person(id: user, role: standing.role, isActive: standing.isActive))
      return RawJSON {
        $0.object {
          $0.member("user", user)
          $0.member("card", call.arguments[card])
          $0.name("actions")
          $0.object {
            for action in Action.allCases {
              $0.name(action.rawValue)
              $0.explanation(rights.explain(action, on: place))
            }
          }
        }
      }
    })

  private static let matrix = Method(
    "access.matrix", "Pipelines by people or teams: what each may do.",
    details:
      "For each action the scopes in which it is held: `cards`, `outcome`, `stages` (null is all) and "
      + "the `grants` that give them; `leading` where it comes with leading a team. Owners and admins "
      + "hold `everything`. Teams show what is given to the team and to everyone. Leads see those "
      + "they lead and the pipelines they know.",
    takes: [.optional(AccessMatrix.by), .optional(GrantMembers.pipeline)] + CommonMembers.page,
    gives: AccessMatrix.shape, errors: [.notFound],
    .read(.member) { call in try await AccessMatrix(call).page() })

  private static let preview = Method(
    "access.preview",
    "What a change of grants or teams would change: who gains and who loses sight.",
    details:
      "Exactly one change is given. Cards are counted as far as the asker sees them; `unseen` are "
      + "open cards whose responsible would no longer see them. Leads ask about what they may change, "
      + "and about members of the teams they lead.",
    takes: AccessPreview.members, gives: AccessPreview.shape, errors: [.notFound, .invalid],
    .read(.member) { call in try await AccessPreview(call).answer() })
}

extension JSONWriter {
  /// Why a right is held or not.
  fileprivate mutating func explanation(_ explanation: RightsExplanation) {
    object {
      $0.member("allowed", explanation.isAllowed)
      switch explanation {
      case .allowed(.role(let role)):
        $0.name("by")
        $0.array { $0.object { $0.member("role", role.rawValue) } }
      case .allowed(.grants(let grants, let leading)):
        $0.name("by")
        $0.array {
          for grant in grants {
            $0.object {
              $0.member("grant", grant.id)
              $0.recipient(grant.recipient)
              $0.member("cards", grant.cards.rawValue)
              $0.member("outcome", grant.outcome.rawValue)
              if grant.stages != nil { $0.stages(grant.stages) }
            }
          }
          for team in leading { $0.object { $0.member("leading", team) } }
        }
      case .denied(let denial, let change):
        $0.member("because", denial.sentence)
        $0.member("code", denial.rawValue)
        $0.name("would_need")
        $0.change(change)
        if case .give(let grant) = change, let replaces = grant.replaces {
          $0.member("replaces", replaces)
        }
      }
    }
  }

  private mutating func change(_ change: RightsChange) {
    object {
      switch change {
      case .reactivate:
        $0.member("reactivate", true)
      case .give(let grant):
        $0.member("pipeline", grant.pipeline)
        $0.recipient(.user(grant.user))
        $0.member("actions", Action.allCases.filter(grant.actions.contains).map(\.rawValue))
        $0.member("cards", grant.cards.rawValue)
        $0.member("outcome", grant.outcome.rawValue)
        if grant.stages != nil { $0.stages(grant.stages) }
      }
    }
  }
}
