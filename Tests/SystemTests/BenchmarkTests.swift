import Foundation
import Testing

/// The benchmark as a program, at its smallest.
@Suite struct BenchmarkTests {
  @Test("The benchmark fills an installation, measures it beside pgbench and stops its server")
  func smallest() async throws {
    let folder = "/tmp/voronka-bench-\(getpid())-\(UInt32.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = Process()
    bench.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("voronkad")
    bench.arguments =
      "bench --data \(folder) --tenants 2 --deals 500 --seconds 0.2 --pairs 1 --only move --as member"
      .split(separator: " ").map(String.init)
      + ["--connections", "2", "--reference-clients", "1", "--idle", "20"]
    let output = Pipe()
    bench.standardOutput = output
    bench.standardError = FileHandle.nullDevice
    try bench.run()
    let table = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    bench.waitUntilExit()

    #expect(bench.terminationStatus == 0)
    let rows = table.split(separator: "\n").map { $0.split(separator: " ") }
    let served = try #require(rows.first { $0.starts(with: ["deal.move", "member", "2"]) })
    #expect(Double(served[3]).map { $0 > 0 } == true)
    #expect(served.last == "0", "no request failed")
    let forms = rows.filter { $0.first == "deal.move" && $0.count > 2 }.map { String($0[2]) }
    #expect(forms == ["2", "classic", "single", "pipelined"])
    let report = try String(contentsOfFile: folder + "/benchmark.md", encoding: .utf8)
    #expect(report.contains("| deal.move | member | 2 |"))
    #expect(!FileManager.default.fileExists(atPath: folder + "/postgres/data/postmaster.pid"))
  }
}
