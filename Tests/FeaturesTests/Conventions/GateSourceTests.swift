internal import Foundation
internal import Testing

/// What the types do not say: that nothing but the one file writes where a card stands.
///
/// `GatePassage` can't be made outside of `SalesRules`, and the statements that write a card's stage and outcome
/// are private to `CardPlaceStatements`, whose functions take one. So a statement of another file would be the
/// only way past the gate.
@Suite("Nothing gets past the gate")
struct GateSourceTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func files(
    _ folder: String = "Sources", _ suffix: String = ".swift"
  ) throws -> [(name: String, text: String)] {
    let folder = root.appending(path: folder)
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    // The benchmark fills databases of its own, which no server has begun on.
    let read = (paths ?? []).filter { $0.hasSuffix(suffix) && !$0.hasPrefix("Benchmark/") }
    return try read.map {
      ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }

  /// Statements of a text of SQL that put rows into `card`, or change the place of those there are. What comes
  /// behind `where` is a condition and no change; a change of which the text does not tell the end could go on in
  /// another piece, to which it is joined.
  private static func places(inSQL text: String) -> [String] {
    let insert = #/insert\s+into\s+(voronka\.)?card\b/#
    let update = #/update\s+(voronka\.)?card\b.*?(?=\bwhere\b|;|\z)/#.dotMatchesNewlines()
    let place = #/\b(stage_id|outcome|pipeline_id)\s*=/#
    let assigned = #/\bnew\.(stage_id|outcome|pipeline_id)\s*:=/#
    let begun = #/(\w*)[\s(]+(update|insert\s+into)\s*\z/#
    let changes = text.matches(of: update).filter {
      $0.output.0.contains(place) || $0.range.upperBound == text.endIndex
    }
    return text.matches(of: insert).map { String($0.output.0) }
      + changes.map { String($0.output.0) }
      + text.matches(of: assigned).map { String($0.output.0) }
      + text.matches(of: begun).filter { $0.output.1 != "for" }.map { String($0.output.0) }
  }

  /// The same of the strings of a source file, and calls of the database's functions that do it.
  private static func places(in text: String, calling functions: [String]) -> [String] {
    let parts = text.components(separatedBy: "\"\"\"")
    var strings: [String] = []
    for (index, part) in parts.enumerated() {
      if index % 2 == 1 {
        strings.append(part)
      } else {
        strings += part.matches(of: #/"([^"\\\n]*)"/#).map { String($0.output.1) }
      }
    }
    return strings.flatMap { string in
      places(inSQL: string) + functions.filter { string.contains("\($0)(") }
    }
  }

  /// The functions of the database, with their texts.
  private static func functions() throws -> [(name: String, text: String)] {
    try files("sql/migrations", ".sql").flatMap { file in
      file.text.components(separatedBy: "function ").dropFirst().map { part in
        let name = part.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        return (
          String(name.split(separator: ".").last ?? ""), part.components(separatedBy: "$$;")[0]
        )
      }
    }
  }

  @Test("Only the gate's own file writes a card's stage, pipeline and outcome")
  func writers() throws {
    let givers = try Self.functions().filter { !Self.places(inSQL: $0.text).isEmpty }.map(\.name)
    #expect(givers == ["give_cards"])
    let files = try Self.files()
    #expect(files.count > 300)
    let writers = files.filter { !Self.places(in: $0.text, calling: givers).isEmpty }.map(\.name)
    #expect(writers == ["Features/Cards/CardPlaceStatements.swift"])
    // Control: it has a statement for a new card, a step, an import and a stage that goes away.
    let own = files.first { $0.name.hasSuffix("CardPlaceStatements.swift") }?.text ?? ""
    #expect(Self.places(in: own, calling: givers).count == 4)
  }

  @Test("Of the migrations only that function does, and nothing by itself")
  func migrations() throws {
    let files = try Self.files("sql/migrations", ".sql")
    #expect(files.count > 20)
    let writers = files.filter { !Self.places(inSQL: $0.text).isEmpty }
    #expect(writers.map(\.name) == ["0012_design.sql"])
    #expect(writers.first.map { Self.places(inSQL: $0.text).count } == 1)
  }

  @Test(
    "A statement is found in whatever form it is written",
    arguments: [
      ("update card set stage_id = $2 where id = $1", true),
      ("update voronka.card c\nset title = $2,\n  outcome = 'won'\nwhere c.id = $1", true),
      ("update card set title = $3,", true), ("update card", true), ("insert into card", true),
      ("insert into card (tenant_id, id)", true), ("with a as (select 1) update", true),
      ("begin\n  new.stage_id := 5;\nend", true),
      ("update card set title = $2 where stage_id = $1", false),
      ("update card_word set word = $1", false), ("select 1\nfor update", false),
      ("select stage_id from card", false),
      ("insert into card_history (tenant_id)", false),
    ] as [(String, Bool)])
  func forms(_ text: String, _ isPlace: Bool) {
    #expect(Self.places(inSQL: text).isEmpty != isPlace, "\(text)")
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
