import MigrationFiles
import Migrations
import Testing

@Suite struct MigrationPlanTests {
  private let files = [
    MigrationFile(number: 1, name: "first", content: Array("select 1;".utf8)),
    MigrationFile(number: 2, name: "second", content: Array("select 2;".utf8)),
    MigrationFile(number: 3, name: "third", content: Array("select 3;".utf8)),
  ]
  private var migrations: [Migration] { files.map { Migration($0) } }

  private func applied(_ numbers: Int...) -> [AppliedMigration] {
    numbers.map { number in
      let migration = migrations.first { $0.number == number }
      return AppliedMigration(
        number: number, name: migration?.name ?? "later", checksum: migration?.checksum ?? "",
        appliedAt: "2026-01-01 00:00:00")
    }
  }

  private func faults(_ history: [AppliedMigration]) -> [HistoryFault]? {
    do throws(MigrationError) {
      _ = try MigrationPlan(migrations: migrations, history: history)
      return []
    } catch {
      guard case .history(let faults) = error else { return nil }
      return faults
    }
  }

  @Test
  func
    `Everything is pending for a new database, the rest for one behind, nothing for one up to date`()
    throws
  {
    #expect(
      try MigrationPlan(migrations: migrations, history: []).pending.map(\.number) == [1, 2, 3])
    #expect(
      try MigrationPlan(migrations: migrations, history: applied(1, 2)).pending.map(\.number) == [3]
    )
    #expect(try MigrationPlan(migrations: migrations, history: applied(1, 2, 3)).pending.isEmpty)
  }

  @Test func `A changed file is named`() {
    let changed = AppliedMigration(
      number: 2, name: "second", checksum: "another", appliedAt: "2026-01-01 00:00:00")
    #expect(faults(applied(1) + [changed]) == [.changed(number: 2, name: "second")])
  }

  @Test func `A renamed file counts as changed`() {
    let renamed = AppliedMigration(
      number: 1, name: "other", checksum: migrations[0].checksum, appliedAt: "2026-01-01 00:00:00")
    #expect(faults([renamed]) == [.changed(number: 1, name: "other")])
  }

  @Test func `A migration that the program does not know is named`() {
    #expect(faults(applied(1, 2, 3, 4)) == [.unknown(number: 4, name: "later")])
  }

  @Test func `A gap in the history is named`() {
    #expect(faults(applied(1, 3)) == [.gap(number: 2)])
    #expect(faults(applied(3)) == [.gap(number: 1), .gap(number: 2)])
  }

  @Test func `Every difference is named, not the first alone`() {
    #expect(
      faults(applied(2, 5)) == [
        .gap(number: 1), .gap(number: 3), .unknown(number: 5, name: "later"),
      ])
  }

  @Test func `Files that do not count from 1 are refused`() {
    let files = [MigrationFile(number: 2, name: "second", content: [])]
    #expect(throws: MigrationError.history([.misnumbered(expected: 1, found: 2)])) {
      try MigrationPlan(migrations: files.map { Migration($0) }, history: [])
    }
  }

  @Test func `A checksum is the SHA-256 of the bytes`() {
    let migration = Migration(MigrationFile(number: 1, name: "a", content: Array("abc".utf8)))
    #expect(
      migration.checksum == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
