import Foundation
import Glibc
import Testing
import VoronkaClient

@testable import Console

@Suite struct ProfileTests {
  private let profile = Profile(
    server: "127.0.0.1:7420", token: "vus_secret", authorityFile: nil, tenant: "mebel",
    email: "anna@mebel.example")

  @Test func `A profile is a file that only its owner can read, in a folder likewise`() throws {
    let console = TestConsole()
    let store = try ProfileStore(environment: ["XDG_CONFIG_HOME": console.home])
    try store.save(profile, as: "work")
    var facts = stat()
    #expect(stat(console.home + "/voronka/work.json", &facts) == 0)
    #expect(facts.st_mode & 0o777 == 0o600)
    #expect(stat(console.home + "/voronka", &facts) == 0 && facts.st_mode & 0o777 == 0o700)
    #expect(try store.load("work") == profile)
    #expect(try store.load("other") == nil)
    try store.remove("work")
    #expect(try store.load("work") == nil)
  }

  @Test func `A profile that others may read is refused`() throws {
    let console = TestConsole()
    let store = try ProfileStore(environment: ["HOME": console.home])
    try store.save(profile, as: "default")
    #expect(chmod(console.home + "/.config/voronka/default.json", 0o644) == 0)
    #expect(throws: ConsoleFailure.self) { try store.load("default") }
  }

  @Test(arguments: ["../x", "a/b", "", "ä b"])
  func `A profile's name is no path`(name: String) throws {
    let console = TestConsole()
    let store = try ProfileStore(environment: ["HOME": console.home])
    #expect(throws: ConsoleFailure.self) { try store.save(profile, as: name) }
  }

  @Test func `A profile's token goes to the profile's server and to no other`() throws {
    let console = TestConsole()
    try ProfileStore(environment: ["XDG_CONFIG_HOME": console.home]).save(profile, as: "default")
    #expect(try Credentials(console.context()).token == "vus_secret")
    #expect(try Credentials(console.context(server: "127.0.0.1:7420")).token == "vus_secret")
    #expect(try Credentials(console.context(server: "evil.example:7420")).token == nil)
    let environment = ["VORONKA_SERVER": "127.0.0.1:9", "VORONKA_TOKEN": "vst_env"]
    let other = try Credentials(console.context(environment: environment))
    #expect(other.token == "vst_env" && other.address.description == "127.0.0.1:9")
    let named = console.context(environment: environment) { $0.profile = "default" }
    #expect(try Credentials(named).token == "vus_secret")
  }

  @Test func `A secret is not sent in plain text over a network`() async throws {
    let console = TestConsole()
    let context = console.context(server: "192.0.2.1:7420") { $0.token = "vus_x" }
    #expect(await Console.run(WhoAmICommand(), in: context) == .usage)
    #expect(console.errors.contains("--allow-plaintext"))
  }
}
