import JSON
import Testing

@testable import Console

/// An import whose server goes away.
@Suite struct ImportInterruptionTests {
  @Test(arguments: [
    (false, "run the same command again"), (true, "Nothing was changed"),
  ])
  func `An import that is broken off says how it goes on`(isDryRun: Bool, advice: String)
    async throws
  {
    let folder = try TemporaryFolder(["companies.csv": "company,notes\nРомашка,\n"])
    let console = TestConsole()
    let server = FakeServer { method, _ in
      switch method {
      case "pipeline.list": return ["items": [], "next": nil]
      case "import.rows": throw FakeServer.Silence()
      default: return ["id": 9]
      }
    }
    var settings = ImportCommand.Settings()
    settings.isDryRun = isDryRun
    settings.rejected = folder.file("rejected.csv")
    let context = console.context(server: server.address) { $0.assumesYes = true }
    let command = ImportCommand(folder: folder.path, settings: settings)
    #expect(await Console.run(command, in: context) == .unreachable)
    #expect(console.errors.contains(advice))
  }
}
