internal import JSON

/// A pipeline with its stages for people.
enum PipelineView {
  static func answer(_ pipeline: JSON) -> Answer {
    Answer(
      json: pipeline, rows: pipeline["stages"] ?? .null, origin: Origin("pipeline.get", "stages")
    ) { page in
      var lines = [page.style(.bold, TerminalText.line(heading(pipeline))), ""]
      var table = TextTable([
        .init("ID", .right), .init("STAGE"), .init("KIND"), .init("KEY"), .init("DWELL LIMIT"),
        .init("REQUIRED"),
      ])
      for stage in pipeline["stages"]?.array ?? [] {
        table.append([
          CellText.exact(stage["id"]), CellText.plain(stage["name"]), CellText.plain(stage["kind"]),
          stage["key"]?.bool == true ? "key" : "", CellText.plain(stage["dwell_limit"]),
          CellText.plain(stage["required"]),
        ])
      }
      lines += table.lines(width: page.width, style: page.style)
      return lines
    }
  }

  private static func heading(_ pipeline: JSON) -> String {
    let id = CellText.exact(pipeline["id"])
    let frozen = pipeline["frozen"]?.bool == true ? ", frozen" : ""
    let life = pipeline["life_limit"]?.string.map { ", a card lives \($0) at most" } ?? ""
    return
      "\(CellText.exact(pipeline["name"])) (\(CellText.exact(pipeline["kind"])) pipeline \(id)\(frozen)\(life))"
  }
}
