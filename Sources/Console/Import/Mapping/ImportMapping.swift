internal import JSON

/// How a folder of CSV files becomes a company's data; what a mapping file holds.
struct ImportMapping: Sendable, Equatable {
  /// Where deals go: a pipeline that is there, or one to be made.
  enum Pipeline: Sendable, Equatable {
    case existing(Int64)
    case named(String, stages: [MappedStage])
  }

  /// Tells this source's external ids from those of others.
  var source: String
  var pipeline: Pipeline?
  var files: [FileMapping]

  init(source: String, pipeline: Pipeline?, files: [FileMapping]) {
    self.source = source
    self.pipeline = pipeline
    self.files = files
  }

  /// The kinds that come, in their order.
  var kinds: [ImportKind] {
    ImportKind.allCases.filter { kind in files.contains { $0.kind == kind } }
  }

  init(_ json: JSON) throws {
    guard let object = json.object, let source = object["source"]?.string, !source.isEmpty else {
      throw ConsoleFailure.usage("Mapping: it must be an object that names its source.")
    }
    try MappingCheck.members(
      of: object, are: ["source", "pipeline", "files"], place: "the mapping")
    let files = try (object["files"]?.array ?? []).map { try FileMapping($0) }
    guard !files.isEmpty else { throw ConsoleFailure.usage("Mapping: it names no files.") }
    self.init(source: source, pipeline: try Self.pipeline(object["pipeline"]), files: files)
    guard pipeline != nil || !kinds.contains(.deal) else {
      throw ConsoleFailure.usage("Mapping: deals need a pipeline.")
    }
  }

  private static func pipeline(_ json: JSON?) throws -> Pipeline? {
    guard let json, !json.isNull else { return nil }
    if let id = json.int64 { return .existing(id) }
    guard let name = json["name"]?.string else {
      throw ConsoleFailure.usage("Mapping: pipeline is an id, or an object with name and stages.")
    }
    return .named(name, stages: try (json["stages"]?.array ?? []).map { try MappedStage($0) })
  }

  var json: JSON {
    var object: JSONObject = ["source": .string(source)]
    switch pipeline {
    case .existing(let id)?: object["pipeline"] = .integer(id)
    case .named(let name, let stages)?:
      object["pipeline"] = [
        "name": .string(name), "stages": .array(stages.map(\.json)),
      ]
    case nil: break
    }
    object["files"] = .array(files.map(\.json))
    return .object(object)
  }
}
