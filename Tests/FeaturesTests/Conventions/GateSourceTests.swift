internal import Foundation
internal import Testing

/// What the types do not say: that nothing but the one file writes where a card stands.
///
/// `GatePassage` can't be made outside of `SalesRules`, and the statements that write a card's stage and outcome
/// are private to `CardPlaceStatements`, whose functions take one. So a statement of another file would be the
/// only way past the gate.
@Suite("Nothing gets past the gate")
struct GateSourceTests {
  private static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  private static func files() throws -> [(name: String, text: String)] {
    let paths = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String }
    // The benchmark fills databases of its own, which no server has begun on.
    let read = (paths ?? []).filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Benchmark/") }
    return try read.map {
      ($0, try String(contentsOf: sources.appending(path: $0), encoding: .utf8))
    }
  }

  /// Statements that put rows into `card`, or change the place of those there are.
  private static func places(in text: String) -> [String] {
    let insert = #/insert\s+into\s+(voronka\.)?card\s*\(/#
    let update =
      #/update\s+(voronka\.)?card\b[^;"]*?\bset\b[^"]*?\b(stage_id|outcome|pipeline_id)\s*=/#
    // What comes behind `where` is a condition and no change.
    let changes = text.components(separatedBy: "\"\"\"").flatMap { statement in
      statement.matches(of: #/update\s+(voronka\.)?card\b.*?(?=\bwhere\b|$)/#.dotMatchesNewlines())
        .map { String($0.output.0) + "\"" }
    }
    return text.matches(of: insert).map { String($0.output.0) }
      + changes.filter { $0.contains(update) }
      + (text.contains("give_cards(") ? ["give_cards"] : [])
  }

  @Test("Only the gate's own file writes a card's stage, pipeline and outcome")
  func writers() throws {
    let files = try Self.files()
    #expect(files.count > 300)
    let writers = files.filter { !Self.places(in: $0.text).isEmpty }.map(\.name)
    #expect(writers == ["Features/Cards/CardPlaceStatements.swift"])
    // Control: it has a statement for a new card, a step, an import and a stage that goes away.
    let own = files.first { $0.name.hasSuffix("CardPlaceStatements.swift") }?.text ?? ""
    #expect(Self.places(in: own).count == 4)
  }

  @Test("Its statements are private, and whoever uses one brings what the gate has made")
  func passages() throws {
    let own = try #require(
      try Self.files().first { $0.name.hasSuffix("CardPlaceStatements.swift") }?.text)
    for line in own.split(separator: "\n") where line.contains("= Statement(") {
      #expect(line.contains("private static let"), "\(line)")
    }
    let functions = own.components(separatedBy: "static func ").dropFirst()
    #expect(functions.count == 4)
    for function in functions {
      #expect(function.prefix { $0 != "{" }.contains("GatePassage"), "\(function.prefix(40))")
    }
    // What is measured runs the texts by themselves.
    let users = try Self.files().filter { $0.text.contains("CardPlaceStatements.measured") }
    #expect(users.map(\.name) == ["Features/Benchmark/BenchmarkStatements.swift"])
    // Control: nobody outside of the rules makes a passage.
    let makers = try Self.files().filter { $0.text.contains("GatePassage(") }.map(\.name)
    #expect(!makers.isEmpty && makers.allSatisfy { $0.hasPrefix("SalesRules/") })
  }
}
