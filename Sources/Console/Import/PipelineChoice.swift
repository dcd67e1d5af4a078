internal import JSON

/// Which pipeline the deals go into.
struct PipelineChoice {
  /// As `import.begin` takes it; nil where no deals come.
  let wire: JSON?
  /// The stages of the pipeline that is there already; nil where one is made.
  let present: [JSON]?
  let name: String

  /// Looks the pipeline up. One of the wanted name that is there already is used, so that an import can
  /// be repeated.
  static func find(
    _ mapped: ImportMapping.Pipeline?, override: String?, directory: Directory
  ) async throws -> PipelineChoice {
    switch mapped {
    case nil: return PipelineChoice(wire: nil, present: nil, name: "")
    case .existing(let id)?:
      return PipelineChoice(present: try await directory.pipeline(override ?? String(id)))
    case .named(let name, let stages)?:
      if let override, Int64(override) != nil {
        return PipelineChoice(present: try await directory.pipeline(override))
      }
      let wanted = override ?? name
      let there = try await directory.session.items("pipeline.list").first { pipeline in
        pipeline["kind"]?.string == "deal"
          && pipeline["name"]?.string?.lowercased() == wanted.lowercased()
      }
      if let there { return PipelineChoice(present: there) }
      return PipelineChoice(
        wire: ["name": .string(wanted), "stages": .array(stages.map(\.wire))], present: nil,
        name: wanted)
    }
  }

  private init(wire: JSON?, present: [JSON]?, name: String) {
    self.wire = wire
    self.present = present
    self.name = name
  }

  private init(present pipeline: JSON) {
    wire = pipeline["id"]
    present = pipeline["stages"]?.array ?? []
    name = pipeline["name"]?.string ?? ""
  }

  /// The mapping's stages as this pipeline has them: a won or lost stage may be called otherwise there.
  func placed(_ stages: [String: StageRule]) -> [String: StageRule] {
    guard let present else { return stages }
    let names = Set(present.compactMap { $0["name"]?.string })
    return stages.mapValues { rule in
      var rule = rule
      if rule.outcome != "open", !names.contains(rule.stage) {
        let same = present.first { $0["kind"]?.string == rule.outcome }
        rule.stage = same?["name"]?.string ?? rule.stage
      }
      return rule
    }
  }
}
