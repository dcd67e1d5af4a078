import Foundation
import JSON
import Testing

@testable import Console

@Suite struct TokenCommandTests {
  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "token.create":
        return ["id": 7, "kind": "personal", "name": params["name"] ?? .null, "token": "vpt_1.7.s"]
      case "token.list":
        return [
          "items": [
            [
              "id": 7, "kind": "service", "name": "Web", "user": 2, "methods": ["deal.*"],
              "networks": [], "expires_at": .null, "last_used_at": .null,
            ]
          ], "next": .null,
        ]
      case "user.list": return ["items": [["id": 2, "name": "Web user"]], "next": .null]
      case "team.list": return ["items": [["id": 4, "name": "Sales"]], "next": .null]
      case "token.revoke": return ["id": 7, "revoked": true]
      case "user.invite":
        return [
          "id": 3, "email": "b@mebel.example",
          "invitation": ["token": "vit_1.1.s", "expires_at": "2026-06-08T09:00:00Z"],
        ]
      case "user.deactivate": return ["id": 3, "handed_over": 2]
      case "auth.accept":
        guard params["token"] == "vit_1.1.s" else {
          throw FakeServer.Refusal(code: 1001, kind: "unauthenticated", message: "Wrong.")
        }
        return [
          "token": "vus_1",
          "principal": ["kind": "user", "tenant": "mebel", "user": ["name": "Boris"]],
        ]
      default: return [:]
      }
    }
  }

  @Test func `A token that was made is shown with its limits as they were asked for`() async {
    let console = TestConsole()
    let server = Self.server()
    let draft = TokenDraft(
      name: "Web", serviceOf: "Web user", assumes: true, methods: ["deal.*"],
      networks: ["192.0.2.0/24"], days: 2, now: Date(timeIntervalSince1970: 0))
    let context = console.context(server: server.address, terminal: .present)
    #expect(await Console.run(TokenCommand(.create(draft)), in: context) == .success)
    #expect(console.output.contains("vpt_1.7.s"))
    #expect(
      server.lastCall?.params == [
        "name": "Web", "kind": "service", "user": 2, "assume": true, "methods": ["deal.*"],
        "networks": ["192.0.2.0/24"], "expires_at": "1970-01-03T00:00:00Z",
      ])
  }

  @Test func `What is for services alone is refused without one, before anything is sent`() async {
    let console = TestConsole()
    let server = Self.server()
    let command = TokenCommand(.create(TokenDraft(name: "Mine", assumes: true)))
    #expect(await Console.run(command, in: console.context(server: server.address)) == .usage)
    #expect(server.calls.isEmpty)
  }

  @Test func `The list names users, methods and networks`() async {
    let console = TestConsole()
    let context = console.context(server: Self.server().address, terminal: .present)
    #expect(await Console.run(TokenCommand(.list), in: context) == .success)
    for word in ["Web user", "deal.*", "anywhere"] { #expect(console.output.contains(word)) }
  }

  @Test func `Revoking asks, and without a terminal refuses instead of waiting`() async {
    let server = Self.server()
    let silent = TestConsole()
    let revoke = TokenCommand(.revoke(7))
    #expect(await Console.run(revoke, in: silent.context(server: server.address)) == .usage)
    #expect(!server.methods.contains("token.revoke"))
    let script = silent.context(server: server.address) { $0.assumesYes = true }
    #expect(await Console.run(revoke, in: script) == .success)
  }

  @Test func `An invitation is shown, also for somebody who is there`() async {
    let server = Self.server()
    let console = TestConsole()
    let context = console.context(server: server.address, terminal: .present)
    let invite = UserCommand(
      .invite(email: "b@mebel.example", name: "Boris", role: "member", teams: ["Sales"]))
    #expect(await Console.run(invite, in: context) == .success)
    #expect(server.lastCall?.params["teams"] == [4])
    #expect(console.output.contains("vit_1.1.s"))
    #expect(await Console.run(UserCommand(.resetPassword("2")), in: context) == .success)
    #expect(server.lastCall?.params == ["id": 2])
  }

  @Test func `Accepting keeps the session and shows neither invitation nor password`() async throws
  {
    let server = Self.server()
    let console = TestConsole(answers: ["vit_1.1.s", "a password", "a password"])
    let context = console.context(server: server.address, terminal: .present)
    let accept = AcceptCommand(readsPasswordFromInput: false)
    #expect(await Console.run(accept, in: context) == .success)
    let store = try ProfileStore(environment: context.environment)
    #expect(try store.load("default")?.token == "vus_1")
    for secret in ["vit_1", "a password", "vus_1"] {
      #expect(!(console.output + console.errors).contains(secret))
    }
    // The invitation is no token to log in with first.
    #expect(server.methods == ["auth.accept"])
  }

  @Test func `Without a terminal accepting never waits, and takes a file and the environment`()
    async throws
  {
    let server = Self.server()
    let silent = TestConsole()
    let accept = AcceptCommand(readsPasswordFromInput: false)
    #expect(await Console.run(accept, in: silent.context(server: server.address)) == .usage)
    #expect(silent.errors.contains("--token-file"))
    let folder = try TemporaryFolder(["invitation": "vit_1.1.s\n"])
    let script = silent.context(
      server: server.address, environment: ["VORONKA_NEW_PASSWORD": "a password"]
    ) { $0.tokenFile = folder.file("invitation") }
    #expect(await Console.run(accept, in: script) == .success)
    let wrong = silent.context(
      server: server.address,
      environment: ["VORONKA_NEW_PASSWORD": "a password", "VORONKA_INVITATION": "vit_2"])
    #expect(await Console.run(accept, in: wrong) == .serverError)
  }

  @Test func `Cards are handed to a team, and a dry run asks nothing`() async {
    let server = Self.server()
    let console = TestConsole()
    let context = console.context(server: server.address)
    let dry = UserCommand(.deactivate("3", handOverTo: .team("Sales"), isDryRun: true))
    #expect(await Console.run(dry, in: context) == .success)
    #expect(
      server.lastCall?.params == ["id": 3, "hand_over_to": ["team": 4], "dry_run": true])
    let real = UserCommand(.deactivate("3", handOverTo: .team("Sales")))
    #expect(await Console.run(real, in: context) == .usage)
  }
}
