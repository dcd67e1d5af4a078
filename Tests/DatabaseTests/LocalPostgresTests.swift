import Foundation
import LocalPostgres
import Logging
import Testing

@Suite struct LocalPostgresTests {
  @Test func `A temporary cluster takes statements and gives databases of their own`() async throws
  {
    let cluster = try await TemporaryCluster.shared()
    let first = try await cluster.createDatabase()
    let second = try await cluster.createDatabase()
    #expect(first != second)
    try await cluster.postgres.runScript("create table voronka.t (a int);", in: first)
    try await cluster.postgres.runScript("create table voronka.t (a int);", in: second)
    await #expect(throws: LocalPostgresError.self) {
      try await cluster.postgres.runScript("create table voronka.t (a int);", in: second)
    }
  }
}
