internal import JSON

/// What an import is going to do, for a person to agree to.
struct ImportSummary {
  private let plan: ImportPlan
  private let pipeline: PipelineChoice
  private let skipsGate: Bool
  private let notes: [String]

  init(_ plan: ImportPlan, pipeline: PipelineChoice, skipsGate: Bool, notes: [String]) {
    self.plan = plan
    self.pipeline = pipeline
    self.skipsGate = skipsGate
    self.notes = notes
  }

  var lines: [String] {
    let files = plan.files.map { file in
      let mapping = file.maker.mapping
      let members = mapping.kind.members.compactMap { name in
        mapping.members[name].map { "\(name) ← \(Self.source($0))" }
      }
      let what =
        mapping.isMentioned
        ? "mentioned \(mapping.kind.plural)" : "rows of \(mapping.kind.rawValue)"
      let fields = mapping.fields.isEmpty ? [] : ["fields ← \(mapping.fields.count) columns"]
      return "\(mapping.file): \(Amount.grouped(Int64(file.rowCount))) \(what) "
        + "(\((members + fields).joined(separator: ", ")))"
    }
    return files + pipelineLines + notes.map { "Note: \($0)" }
  }

  private var pipelineLines: [String] {
    guard let wire = pipeline.wire else { return [] }
    let names = (wire["stages"]?.array ?? pipeline.present ?? []).map { CellText.exact($0["name"]) }
    let place = pipeline.present == nil ? "a new pipeline" : "the present pipeline"
    return [
      "Deals go into \(place) \"\(pipeline.name)\": \(names.joined(separator: " → "))."
    ] + stageLines + [
      skipsGate
        ? "They are taken in spite of the rules of selling (--skip-gate), and the audit shows it."
        : "Rows that break the rules of selling are not taken; --skip-gate takes them all the same."
    ]
  }

  private var stageLines: [String] {
    plan.files.flatMap { file in
      file.maker.mapping.stages.sorted { $0.key < $1.key }.map { text, rule in
        let stood = rule.openedIn.map { ", stood in \($0)" } ?? ""
        return "  \(text): \(rule.outcome), stage \(rule.stage)\(stood)"
      }
    }
  }

  private static func source(_ rule: MemberRule) -> String {
    switch rule.source {
    case .column(let name): name
    case .columns(let names): names.joined(separator: " / ")
    case .template(let text), .constant(let text): "\"\(text)\""
    }
  }
}
