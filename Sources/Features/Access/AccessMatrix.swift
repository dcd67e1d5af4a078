internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `access.matrix`: pipelines by people or teams.
struct AccessMatrix {
  enum By: String, CaseIterable, Sendable {
    case people
    case teams
  }

  static let by = Member<By>.choice("by", "Whom to show: people (the default) or teams.")

  static let shape = Schema.object(
    [
      "pipelines": .array(
        of: .object(["id": .identifier, "name": .string], required: ["id", "name"])),
      "items": .array(of: .anyObject), "next": Schema.string.nullable,
    ], required: ["pipelines", "items", "next"])

  private let call: TenantCall
  private let scene: AccessScene
  private let pipelines: [Pipeline]

  init(_ call: TenantCall) async throws {
    self.call = call
    scene = try await AccessScene(call)
    let wanted = try call.arguments[optional: GrantMembers.pipeline].map(call.pipelineKnown)
    pipelines = call.company.pipelines.filter { pipeline in
      call.standing.knows(pipeline: pipeline.id) && (wanted == nil || wanted?.id == pipeline.id)
    }
  }

  func page() async throws -> RawJSON {
    let page = try Page(call)
    switch call.arguments[optional: Self.by] ?? .people {
    case .people:
      let people = try page.following(
        await AccessPerson.managed(in: scene, call), id: \AccessPerson.id)
      return result(page, people, id: \.id, write)
    case .teams:
      let teams = try page.following(
        scene.teams.filter { scene.manages(team: $0.id) }, id: \CompanyTeam.id)
      return result(page, teams, id: \.id, write)
    }
  }

  private func result<Item>(
    _ page: Page, _ items: [Item], id: (Item) -> Int64,
    _ write: (Item, inout JSONWriter) -> Void
  ) -> RawJSON {
    page.result(
      items, key: { String(id($0)) },
      further: { writer in
        writer.name("pipelines")
        writer.array {
          for pipeline in pipelines {
            $0.object {
              $0.member("id", pipeline.id)
              $0.member("name", pipeline.name)
            }
          }
        }
      }, write)
  }

  private func write(_ person: AccessPerson, to writer: inout JSONWriter) {
    let rights = scene.rights(of: person.person)
    writer.object {
      person.write(to: &$0)
      $0.member("role", person.person.role.rawValue)
      $0.member("everything", person.person.role.holdsEverything)
      guard !person.person.role.holdsEverything else { return }
      cells(of: rights, to: &$0)
    }
  }

  /// What somebody who belongs to this team alone would hold, apart from what comes with leading.
  private func write(_ team: CompanyTeam, to writer: inout JSONWriter) {
    let nobody = Person(id: 0, role: .member)
    let alone = Team(id: team.id, parent: team.parent, members: [nobody.id])
    let rights = Rights(person: nobody, grants: scene.grants.map(\.grant), teams: [alone])
    writer.object {
      $0.member("team") {
        $0.member("id", team.id)
        $0.member("name", team.name)
      }
      cells(of: rights, to: &$0)
    }
  }

  private func cells(of rights: Rights, to writer: inout JSONWriter) {
    writer.name("pipelines")
    writer.array {
      for pipeline in pipelines {
        let actions = rights.actions(onPipeline: pipeline.id)
        guard !actions.isEmpty else { continue }
        $0.object {
          $0.member("pipeline", pipeline.id)
          $0.member("actions") {
            for action in Action.allCases where actions.contains(action) {
              $0.name(action.rawValue)
              $0.scopes(of: action, rights, on: pipeline.id)
            }
          }
        }
      }
    }
  }
}

extension JSONWriter {
  /// In which scopes an action is held, and by which grants.
  fileprivate mutating func scopes(of action: Action, _ rights: Rights, on pipeline: Int64) {
    var scopes: [(scope: Grant, grants: [Int64])] = []
    for grant in rights.grants(giving: action, onPipeline: pipeline) {
      let index = scopes.firstIndex {
        action.concernsPipeline
          || $0.scope.cards == grant.cards && $0.scope.outcome == grant.outcome
            && $0.scope.stages == grant.stages
      }
      if let index {
        scopes[index].grants.append(grant.id)
      } else {
        scopes.append((grant, [grant.id]))
      }
    }
    array {
      for (scope, grants) in scopes {
        $0.object {
          if !action.concernsPipeline {
            $0.member("cards", scope.cards.rawValue)
            $0.member("outcome", scope.outcome.rawValue)
            $0.stages(scope.stages)
          }
          $0.name("grants")
          $0.array { for id in grants { $0.value(id) } }
        }
      }
      if action == .assign, rights.assignsAsLead(onPipeline: pipeline) {
        $0.object { $0.member("leading", true) }
      }
    }
  }
}
