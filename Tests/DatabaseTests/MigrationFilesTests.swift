import Foundation
import MigrationFiles
import Migrations
import Testing

@Suite struct MigrationFilesTests {
  private var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sql/migrations")
  }

  @Test func `The program carries exactly the files of the folder, byte for byte`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(MigrationFiles.all.map(\.fileName) == names)
    for file in MigrationFiles.all {
      let content = try Data(contentsOf: folder.appending(path: file.fileName))
      #expect(Data(file.content) == content, "\(file.fileName)")
    }
  }

  @Test func `Migrations count from 1 without gaps`() {
    #expect(MigrationFiles.all.map(\.number) == Array(1...MigrationFiles.all.count))
    #expect(throws: Never.self) { try MigrationPlan(migrations: Migration.all, history: []) }
  }
}
