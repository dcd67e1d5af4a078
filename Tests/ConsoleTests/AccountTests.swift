import JSON
import Testing

@testable import Console

@Suite struct AccountTests {
  private static func server() -> FakeServer {
    FakeServer { method, params in
      let principal: JSON = [
        "kind": "user", "tenant": "mebel",
        "user": ["id": 1, "email": "anna@mebel.example", "name": "Анна", "role": "owner"],
      ]
      switch method {
      case "auth.login":
        guard params["password"] == "right password" else {
          throw FakeServer.Refusal(code: 1001, kind: "unauthenticated", message: "Wrong.")
        }
        return ["token": "vus_1", "principal": principal]
      case "auth.token" where params["token"] == "vop_1":
        return ["principal": ["kind": "operator", "name": "operator"]]
      default: return ["principal": principal]
      }
    }
  }

  private func login(readsInput: Bool = false) -> LoginCommand {
    LoginCommand(
      tenant: "mebel", email: "anna@mebel.example", readsPasswordFromInput: readsInput)
  }

  @Test func `Login keeps the token, whoami uses it, logout ends both`() async throws {
    let console = TestConsole(answers: ["right password"])
    let server = Self.server()
    let context = console.context(server: server.address, terminal: .present)
    #expect(await Console.run(login(), in: context) == .success)
    #expect(console.output.contains("Анна") && !console.output.contains("vus_1"))
    #expect(!console.errors.contains("right password"))

    let later = console.context(terminal: .present)
    #expect(await Console.run(WhoAmICommand(), in: later) == .success)
    #expect(server.calls.contains { $0.method == "auth.token" && $0.params["token"] == "vus_1" })
    #expect(await Console.run(LogoutCommand(everywhere: false), in: later) == .success)
    #expect(server.methods.last == "auth.logout")
    let store = try ProfileStore(environment: context.environment)
    #expect(try store.load("default") == nil)
  }

  @Test func `A profile that is being made lies with the server of the environment`() async throws {
    let console = TestConsole(answers: ["right password"])
    let server = Self.server()
    let context = console.context(
      terminal: .present, environment: ["VORONKA_SERVER": server.address]
    ) { $0.profile = "anna" }
    #expect(await Console.run(login(), in: context) == .success)
    #expect(
      try ProfileStore(environment: context.environment).load("anna")?.server == server.address)
  }

  @Test(arguments: [
    (false, JSON.object(["session": true]), "others of yours go on"),
    (true, JSON.object(["everywhere": true]), "all your sessions have ended"),
  ])
  func `Logout ends the session, and all of them where that is asked for, and says which`(
    everywhere: Bool, params: JSON, words: String
  ) async throws {
    let console = TestConsole(answers: ["right password"])
    let server = Self.server()
    let context = console.context(server: server.address, terminal: .present)
    #expect(await Console.run(login(), in: context) == .success)
    #expect(await Console.run(LogoutCommand(everywhere: everywhere), in: context) == .success)
    let last = try #require(server.calls.last)
    #expect(last.method == "auth.logout" && last.params == params)
    #expect(console.errors.contains(words))
    #expect(try ProfileStore(environment: context.environment).load("default") == nil)
  }

  @Test func `Logout forgets the profile also where nobody answers or the server refuses`()
    async throws
  {
    let console = TestConsole()
    let context = console.context()
    let store = try ProfileStore(environment: context.environment)
    let profile = { (server: String) in
      Profile(server: server, token: "vus_1", authorityFile: nil, tenant: nil, email: nil)
    }
    // Nothing listens on the port for discarding.
    try store.save(profile("127.0.0.1:9"), as: "default")
    #expect(await Console.run(LogoutCommand(everywhere: false), in: context) == .unreachable)
    #expect(console.errors.contains("may still stand"))
    #expect(try store.load("default") == nil)

    let frozen = FakeServer { _, _ in
      throw FakeServer.Refusal(code: 1041, kind: "frozen", message: "The company is suspended.")
    }
    try store.save(profile(frozen.address), as: "default")
    #expect(await Console.run(LogoutCommand(everywhere: false), in: context) == .serverError)
    #expect(try store.load("default") == nil)

    let ended = FakeServer { _, _ in
      throw FakeServer.Refusal(code: 1001, kind: "unauthenticated", message: "Ended.")
    }
    try store.save(profile(ended.address), as: "default")
    #expect(await Console.run(LogoutCommand(everywhere: false), in: context) == .success)
    #expect(try store.load("default") == nil)
  }

  @Test func `A wrong password keeps nothing and is the server's error`() async throws {
    let console = TestConsole(answers: ["wrong"])
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(await Console.run(login(readsInput: true), in: context) == .serverError)
    #expect(try ProfileStore(environment: context.environment).load("default") == nil)
  }

  @Test func `Without a terminal nothing waits for a password`() async {
    let console = TestConsole()
    let server = Self.server()
    #expect(await Console.run(login(), in: console.context(server: server.address)) == .usage)
    #expect(console.errors.contains("--password-stdin"))
    let environment = ["VORONKA_PASSWORD": "right password"]
    let context = console.context(server: server.address, environment: environment)
    #expect(await Console.run(login(), in: context) == .success)
  }

  @Test func `The operator logs in with the token file`() async throws {
    let folder = try TemporaryFolder(["operator.token": "vop_1\n"])
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address) {
      $0.tokenFile = folder.file("operator.token")
      $0.profile = "operator"
    }
    let command = LoginCommand(tenant: nil, email: nil, readsPasswordFromInput: false)
    #expect(await Console.run(command, in: context) == .success)
    let store = try ProfileStore(environment: context.environment)
    #expect(try store.load("operator")?.token == "vop_1")
    #expect(try store.load("default") == nil)
  }

  @Test func `Destructive commands ask, and without a terminal refuse and name --yes`() async {
    let server = FakeServer { method, params in
      switch (method, params["dry_run"]) {
      case ("deal.get", _): ["id": 5, "title": "Кухня"]
      case (_, .some): ["id": 5, "invoices": 2, "notes": 0]
      default: ["id": 5]
      }
    }
    let delete = DealDeleteCommand(id: 5)
    let silent = TestConsole()
    #expect(await Console.run(delete, in: silent.context(server: server.address)) == .usage)
    #expect(silent.errors.contains("--yes"))
    let refusing = TestConsole(answers: ["n"])
    let asked = refusing.context(server: server.address, terminal: .present)
    #expect(await Console.run(delete, in: asked) == .usage)
    #expect(refusing.errors.contains("Кухня") && refusing.errors.contains("2 invoices"))
    #expect(!refusing.errors.contains("notes"))
    let done = {
      server.calls.count { $0.method == "deal.delete" && $0.params["dry_run"] == nil }
    }
    #expect(done() == 0)

    let agreeing = TestConsole(answers: ["да"])
    let agreed = agreeing.context(server: server.address, terminal: .present)
    #expect(await Console.run(delete, in: agreed) == .success)
    let script = silent.context(server: server.address) { $0.assumesYes = true }
    #expect(await Console.run(delete, in: script) == .success)
    #expect(done() == 2)
  }
}
