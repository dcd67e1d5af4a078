internal import JSON

/// What is wrong with a pipeline, for people.
enum PipelineLintView {
  static func answer(_ result: JSON, pipeline: JSON) -> Answer {
    Answer(
      json: result, rows: result["findings"] ?? .null, origin: Origin("pipeline.lint", "findings")
    ) { page in
      let findings = result["findings"]?.array ?? []
      let cards = Amount.grouped(result["cards"]?.int64 ?? 0)
      let name = CellText.exact(pipeline["name"])
      let heading = "\(name): \(findings.count) findings, \(cards) cards looked at"
      var lines = [page.style(.bold, TerminalText.line(heading))]
      for finding in findings { lines += [""] + Self.lines(finding, page: page) }
      if findings.isEmpty { lines += ["", "Nothing to find fault with."] }
      return lines
    }
  }

  private static func lines(_ finding: JSON, page: Page) -> [String] {
    let severity = CellText.plain(finding["severity"])
    let title = "\(severity): \(CellText.plain(finding["code"])) (\(evidence(finding)))"
    let texts = [CellText.plain(finding["reason"]), "→ " + CellText.plain(finding["change"])]
    return [page.style(mark(severity), TerminalText.line(title))]
      + (places(finding).map { "at \($0)" } + texts).flatMap {
        WrappedText.lines(TerminalText.line($0), width: page.width ?? .max, indent: 2)
      }
  }

  private static func mark(_ severity: String) -> Style.Mark {
    switch severity {
    case "error": .red
    case "warning": .yellow
    default: .cyan
    }
  }

  private static func evidence(_ finding: JSON) -> String {
    "\(CellText.exact(finding["count"])) of \(CellText.exact(finding["out_of"]))"
  }

  /// The stages and fields at which it shows.
  private static func places(_ finding: JSON) -> [String] {
    let stages = (finding["stages"]?.array ?? []).map { stage in
      let counted = stage["count"] == nil ? "" : " (\(evidence(stage)))"
      return "\(CellText.plain(stage["name"]))\(counted)"
    }
    let fields = (finding["fields"]?.array ?? []).map { CellText.plain($0) }
    return [stages, fields].filter { !$0.isEmpty }.map { $0.joined(separator: ", ") }
  }
}
