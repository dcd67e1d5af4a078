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

  @Test("Cards are searched and filtered by owner and members beside the very same transactions")
  func search() async throws {
    let (_, report) = try await run(
      "--section search --as admin,member --seconds 0.1 "
        + "--only phone,two,foreign-value,common-board")
    let rows = report.split(separator: "\n").map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let served = rows.filter { $0.count == 11 && $0[2] == "2" }
    let askers = ["owner", "member who sees all", "member who sees 20"]
    let titles = [
      "card.search: phone number, other spelling", "card.search: two common words",
      "deal.board: common value",
    ]
    var asked: [[String]] = []
    for title in titles.prefix(2) { asked += askers.map { [title, $0] } }
    asked.append(["deal.list: common value, not among theirs", askers[2]])
    asked += askers.map { [titles[2], $0] }
    #expect(served.map { Array($0[..<2]) } == asked)
    for row in served {
      #expect(Double(row[3]).map { $0 > 0 } == true && Double(row[6]).map { $0 > 0 } == true)
      #expect(row.last == "0", "no request failed")
      let found = try #require(Int(row[9]))
      #expect((found > 0) != row[0].contains("not among theirs"), "\(row[0]) as \(row[1])")
    }
    #expect(report.contains("500 deals of one company; words of cards "))
    #expect(rows.filter { $0.count == 8 && $0[2] == "classic" }.count == served.count)
  }
}
