import Console
import Foundation
import JSON
import Testing

/// The executable itself: what only arguments and a real process show.
@Suite struct BinaryTests {
  private struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  private func run(
    _ arguments: [String], environment: [String: String] = [:], output file: FileHandle? = nil
  ) throws -> Outcome {
    let console = TestConsole()
    let process = Process()
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = folder.appendingPathComponent("voronka")
    process.arguments = arguments
    process.environment = ["XDG_CONFIG_HOME": console.home].merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = file ?? output
    process.standardError = errors
    try process.run()
    let printed = file == nil ? output.fileHandleForReading.readDataToEndOfFile() : Data()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: said, as: UTF8.self))
  }

  @Test func `Success is status 0 with JSON for a script`() throws {
    let server = FakeServer { _, params in params }
    let outcome = try run(
      ["call", "echo.it", #"{"a":1}"#], environment: ["VORONKA_SERVER": server.address])
    #expect(outcome.status == 0 && outcome.output == "{\"a\":1}\n" && outcome.errors.isEmpty)
  }

  @Test func `An error of the server is status 1 with JSON on standard error`() throws {
    let server = FakeServer { _, _ in
      throw FakeServer.Refusal(code: 1004, kind: "not_found", message: "No such card.")
    }
    let outcome = try run(["call", "deal.get", "--server", server.address])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(try JSONReader().read(outcome.errors)["data"]?["kind"] == "not_found")
  }

  @Test(arguments: [
    ["call"], ["nonsense"], ["deal", "show", "five"], ["call", "x.y", "a", "--output", "xml"],
    ["grant", "give", "1", "view"], ["board", "--server", "no address"], ["help", "nonsense"],
    ["import", "/nonexistent"], ["import", "/tmp", "--skip-gate", "--through-gate"],
    ["import", "/nonexistent", "--through-gate"], ["login"], ["whoami", "--profile", "absent"],
  ])
  func `Wrong usage is status 2`(arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test func `A server that can't be reached is status 3`() throws {
    let outcome = try run(["call", "system.ping", "--server", "127.0.0.1:1"])
    #expect(outcome.status == 3 && outcome.output.isEmpty)
    #expect(outcome.errors == "voronka: no server answers at 127.0.0.1:1: Connection refused\n")
  }

  @Test(arguments: [
    [], ["help"], ["help", "deal"], ["help", "deal", "move"], ["deal", "--help"],
  ])
  func `Help is status 0 on standard output`(arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 0 && outcome.output.contains("USAGE:") && outcome.errors.isEmpty)
    #expect(!outcome.output.contains("A method's name, or subcommands."))
  }

  @Test func `Every subcommand is listed in the help`() throws {
    let help = try run(["--help"]).output
    for name in [
      "call", "methods", "login", "logout", "whoami", "board", "funnel", "deal", "pipeline", "team",
      "tenant", "plan", "user", "grant", "access", "import", "help",
    ] {
      #expect(help.contains("  \(name) "), "\(name)")
    }
  }

  @Test func `A destructive command without a terminal does not hang but refuses`() throws {
    let server = FakeServer { _, _ in ["id": 5, "title": "Kitchen"] }
    let outcome = try run(["deal", "delete", "5", "--server", server.address])
    #expect(outcome.status == 2 && outcome.errors.contains("--yes"))
    let deletions = server.calls.filter { $0.method == "deal.delete" }
    #expect(deletions.allSatisfy { $0.params["dry_run"] == true })
    #expect(try run(["deal", "delete", "5", "--yes", "--server", server.address]).status == 0)
  }

  @Test func `The version is told`() throws {
    let outcome = try run(["--version"])
    #expect(outcome.status == 0 && outcome.output == Console.version + "\n")
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: [["call", "echo.it", "{}"], ["--help"], ["--version"]])
  func `Output that can't be written is status 1 and said`(arguments: [String]) throws {
    let server = FakeServer { _, params in params }
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let outcome = try run(
      arguments, environment: ["VORONKA_SERVER": server.address], output: full)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "voronka: the output could not be written whole: No space left on device\n")
  }

  @Test func `A reader that went away is no error`() throws {
    let server = FakeServer { _, params in params }
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try run(
      ["call", "echo.it", "{}", "--server", server.address],
      output: pipe.fileHandleForWriting)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test func `The help of logout says what it does and does not end`() throws {
    let help = try run(["help", "logout"]).output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(help.contains("End the profile's session and forget its token."))
    #expect(help.contains("your other sessions go on, unless you say"))
  }

  /// All commands below one, itself included, as `--experimental-dump-help` tells them.
  private static func commands(in command: JSON) -> [JSON] {
    [command] + (command["subcommands"]?.array ?? []).flatMap(commands)
  }

  @Test func `Every example that the help gives is understood`() throws {
    let dump = try JSONReader().read(run(["--experimental-dump-help"]).output)
    let examples = Self.commands(in: dump["command"] ?? .null).flatMap { command in
      (command["discussion"]?.string ?? "").split(separator: "\n").map(String.init)
    }.filter { $0.hasPrefix("voronka ") }
    #expect(examples.count > 40)
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    let console = TestConsole()
    let script = examples.map { "\($0) < /dev/null > /dev/null\necho \"$?\"" }
    let shell = Process()
    let (statuses, errors) = (Pipe(), Pipe())
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script.joined(separator: "\n")]
    shell.currentDirectoryURL = URL(fileURLWithPath: console.home)
    // Nobody listens there: what is understood gets as far as finding that out, or asks for something first.
    shell.environment = [
      "PATH": folder + ":/usr/bin:/bin", "XDG_CONFIG_HOME": console.home,
      "VORONKA_SERVER": "127.0.0.1:1", "VORONKA_TOKEN": "vus_x",
    ]
    shell.standardOutput = statuses
    shell.standardError = errors
    try shell.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let ends = String(decoding: statuses.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(ends.split(separator: "\n").count == examples.count)
    #expect(!said.contains("Usage: voronka"), "\(said)")
  }
}
