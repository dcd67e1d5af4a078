internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `access.*`: why somebody may or may not do something.
enum AccessMethods {
  static let all = [explain]

  private static let user = Member<Int64>.identifier("user", "The user asked about.")
  private static let card = Member<Int64>.identifier("card", "The lead or deal asked about.")

  private static let explain = Method(
    "access.explain", "For every action: by which grants a user holds it on a card, or why not.",
    details:
      "`would_need` holds the params of the grant.give that would allow it, `replaces` the grant "
      + "that this would replace. Admins may ask about anybody; others about themselves, on cards that "
      + "they see.",
    takes: [.required(user), .required(card)],
    gives: .object(["actions": .anyObject], required: ["actions"]), errors: [.notFound],
    .read(.member) { call in
      let user = call.arguments[user]
      guard call.standing.holdsEverything || user == call.standing.user else {
        throw RPCError.forbidden(needs: "admin", "Only an admin may ask about others.")
      }
      let results = try await call.read(
        AccessStatements.place(call.tenantParameter, .integer(call.arguments[card])),
        GrantStatements.list(call.tenantParameter, .null),
        TeamStatements.list(call.tenantParameter, .null))
      guard let row = results[0].first else { throw RPCError.notFound(what: "card") }
      guard let standing = try await call.standing(of: user) else {
        throw RPCError.notFound(what: "user")
      }
      let place = RightsCard(
        pipeline: try row.integer(0), responsible: try row.integerIfPresent(1),
        outcome: try row.word(2))
      let rights = Rights(
        person: Person(id: user, role: standing.role, isActive: standing.isActive),
        grants: try results[1].map { try AccessGrant($0).grant },
        teams: try results[2].map { try CompanyTeam($0).rightsTeam })
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
      case .allowed(.grants(let grants)):
        $0.name("by")
        $0.array {
          for grant in grants {
            $0.object {
              $0.member("grant", grant.id)
              $0.recipient(grant.recipient)
              $0.member("cards", grant.cards.rawValue)
              $0.member("outcome", grant.outcome.rawValue)
            }
          }
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
      }
    }
  }
}
