/// What an import is going to do, for a person to agree to.
struct ImportSummary {
  private let plan: ImportPlan
  private let pipeline: ImportMapping.Pipeline?
  private let notes: [String]

  init(_ plan: ImportPlan, pipeline: ImportMapping.Pipeline?, notes: [String]) {
    self.plan = plan
    self.pipeline = pipeline
    self.notes = notes
  }

  var lines: [String] {
    let files = plan.files.map { file in
      let mapping = file.maker.mapping
      let members = mapping.kind.members.compactMap { name in
        mapping.members[name].map { "\(name) ← \(Self.source($0))" }
      }
      let fields = mapping.fields.isEmpty ? [] : ["fields ← \(mapping.fields.count) columns"]
      return "\(mapping.file): \(Amount.grouped(Int64(file.rowCount))) rows of "
        + "\(mapping.kind.rawValue) (\((members + fields).joined(separator: ", ")))"
    }
    return files + pipelineLines + notes.map { "Note: \($0)" }
  }

  private var pipelineLines: [String] {
    switch pipeline {
    case .existing(let id)?: ["Deals go into pipeline \(id), which is there already."] + stageLines
    case .named(let name, let stages)?:
      ["Deals go into a new pipeline \"\(name)\": \(stages.joined(separator: " → "))."]
        + stageLines
    case nil: []
    }
  }

  private var stageLines: [String] {
    plan.mapping.files.flatMap { file in
      file.stages.sorted { $0.key < $1.key }.map { text, rule in
        let place = rule.stage.map { " (stood in \($0))" } ?? ""
        return rule.outcome == "open"
          ? "  \(text): open in \(rule.stage ?? "the first stage")"
          : "  \(text): \(rule.outcome)\(place)"
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
