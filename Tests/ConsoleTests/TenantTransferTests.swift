import Foundation
import JSON
import Testing

@testable import Console

/// A company's file on the operator's side.
@Suite struct TenantTransferTests {
  private static let lines = (0..<7).map { "{\"line\":\($0)}" }

  /// Gives three lines a page, and breaks off before the page of that number.
  private static func exporter(failingAt failure: Int? = nil) -> FakeServer {
    FakeServer { _, params in
      let page = Int(params["after"]?.string ?? "0") ?? 0
      if page == failure {
        throw FakeServer.Refusal(code: 1009, kind: "conflict", message: "This export has ended.")
      }
      let part = lines.dropFirst(page * 3).prefix(3)
      return [
        "lines": .array(part.map { .string($0) }),
        "next": page == 2 ? nil : .string("\(page + 1)"),
      ]
    }
  }

  @Test func `An export is written line by line, for its owner's eyes alone`() async throws {
    let (console, folder, server) = (TestConsole(), try TemporaryFolder(), Self.exporter())
    let command = TenantExportCommand(tenant: "mebel", path: folder.file("mebel.jsonl"))
    #expect(await Console.run(command, in: console.context(server: server.address)) == .success)
    #expect(try folder.text("mebel.jsonl") == Self.lines.joined(separator: "\n") + "\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("mebel.jsonl"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(server.methods == ["tenant.export", "tenant.export", "tenant.export"])
  }

  @Test func `An export that breaks off leaves no file, and none is overwritten`() async throws {
    let folder = try TemporaryFolder(["there.jsonl": "kept"])
    let (console, server) = (TestConsole(), Self.exporter(failingAt: 2))
    let broken = TenantExportCommand(tenant: "mebel", path: folder.file("broken.jsonl"))
    #expect(await Console.run(broken, in: console.context(server: server.address)) != .success)
    #expect(!FileManager.default.fileExists(atPath: folder.file("broken.jsonl")))
    let there = TenantExportCommand(tenant: "mebel", path: folder.file("there.jsonl"))
    #expect(await Console.run(there, in: console.context(server: server.address)) != .success)
    #expect(try folder.text("there.jsonl") == "kept")
  }

  @Test func `A file is sent with its first line first and its last one last`() async throws {
    let folder = try TemporaryFolder(["mebel.jsonl": Self.lines.joined(separator: "\n") + "\n"])
    let server = FakeServer { _, params in
      params["finish"] == nil ? ["import": 7, "line": 2] : ["tenant": ["slug": "mebel"]]
    }
    let console = TestConsole(answers: ["new password"])
    var draft = TenantImportDraft(path: folder.file("mebel.jsonl"))
    draft.plan = "start"
    draft.readsPasswordFromInput = true
    let command = TenantImportCommand(draft)
    #expect(await Console.run(command, in: console.context(server: server.address)) == .success)
    let steps = server.calls.map(\.params)
    #expect(steps.count == 3)
    #expect(steps[0] == ["begin": ["header": .string(Self.lines[0]), "plan": "start"]])
    #expect(
      steps[1] == [
        "rows": [
          "import": 7, "line": 2, "lines": .array(Self.lines[1..<6].map { .string($0) }),
        ]
      ])
    #expect(
      steps[2] == [
        "finish": [
          "import": 7, "trailer": .string(Self.lines[6]), "password": "new password",
        ]
      ])
  }

  @Test func `A long file goes in pieces that follow each other`() async throws {
    let long = ["first"] + (0..<4500).map { "{\"n\":\($0)}" } + ["last"]
    let folder = try TemporaryFolder(["long.jsonl": long.joined(separator: "\n")])
    let server = FakeServer { _, params in
      params["finish"] == nil ? ["import": 7, "line": 2] : ["tenant": ["slug": "mebel"]]
    }
    let console = TestConsole(answers: ["new password"])
    var draft = TenantImportDraft(path: folder.file("long.jsonl"))
    draft.readsPasswordFromInput = true
    let command = TenantImportCommand(draft)
    #expect(await Console.run(command, in: console.context(server: server.address)) == .success)
    let rows = server.calls.compactMap { $0.params["rows"] }
    #expect(rows.map { $0["line"]?.int64 } == [2, 2002, 4002])
    let sent = rows.flatMap { $0["lines"]?.array ?? [] }.compactMap(\.string)
    #expect(sent == Array(long[1..<4501]))
    #expect(server.calls.last?.params["finish"]?["trailer"] == "last")
  }

  @Test(arguments: ["", "one line\n"])
  func `A file that is not whole is refused`(_ text: String) async throws {
    let folder = try TemporaryFolder(["cut.jsonl": text])
    let server = FakeServer { _, _ in ["import": 7, "line": 2] }
    let console = TestConsole(answers: ["new password"])
    var draft = TenantImportDraft(path: folder.file("cut.jsonl"))
    draft.readsPasswordFromInput = true
    let command = TenantImportCommand(draft)
    #expect(await Console.run(command, in: console.context(server: server.address)) != .success)
    #expect(!server.calls.contains { $0.params["finish"] != nil })
  }
}
