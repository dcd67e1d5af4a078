import Foundation
import Testing

/// The benchmark as a program, at its smallest.
@Suite struct BenchmarkTests {
  /// Measures two small companies, and gives the table's rows and the report.
  private func run(_ more: String) async throws -> (rows: [[Substring]], report: String) {
    let folder = "/tmp/voronka-bench-\(getpid())-\(UInt32.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = Process()
    bench.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("voronkad")
    bench.arguments =
      "bench --data \(folder) --tenants 2 --deals 500 --seconds 0.2 --pairs 1 --as member \(more)"
      .split(separator: " ").map(String.init) + ["--connections", "2", "--reference-clients", "1"]
    let output = Pipe()
    bench.standardOutput = output
    bench.standardError = FileHandle.nullDevice
    try bench.run()
    let table = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    bench.waitUntilExit()
    #expect(bench.terminationStatus == 0)
    #expect(!FileManager.default.fileExists(atPath: folder + "/postgres/data/postmaster.pid"))
    return (
      table.split(separator: "\n").map { $0.split(separator: " ") },
      try String(contentsOfFile: folder + "/benchmark.md", encoding: .utf8)
    )
  }

  @Test("The benchmark fills an installation, measures it beside pgbench and stops its server")
  func smallest() async throws {
    let (rows, report) = try await run("--only move --idle 20")
    let served = try #require(rows.first { $0.starts(with: ["deal.move", "member", "2"]) })
    #expect(Double(served[3]).map { $0 > 0 } == true)
    #expect(served.last == "0", "no request failed")
    let forms = rows.filter { $0.first == "deal.move" && $0.count > 2 }.map { String($0[2]) }
    #expect(forms == ["2", "classic", "single", "pipelined"])
    #expect(report.contains("| deal.move | member | 2 |"))
  }

  @Test("Cards with fields of their own are moved and converted beside the same transactions")
  func withFields() async throws {
    let (rows, report) = try await run("--section fields --idle 0")
    for method in ["deal.move", "lead.convert"] {
      let served = try #require(rows.first { $0.starts(with: [method[...], "member", "2"]) })
      #expect(Double(served[3]).map { $0 > 0 } == true)
      #expect(served.last == "0", "no request failed")
    }
    #expect(report.contains("20 fields of the company's own; every open stage demands 5"))
  }
}
