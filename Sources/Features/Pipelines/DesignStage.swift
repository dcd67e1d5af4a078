internal import JSON
internal import Postgres
internal import SalesRules

/// A stage as reports speak of it: as it is, or as it was at some time.
struct DesignStage: Sendable, Equatable {
  let id: Int64
  let name: String
  let kind: StageKind
  let style: StageStyle
  let isKey: Bool
}

extension DesignStage {
  /// As it is.
  init(_ stage: Stage) {
    self.init(
      id: stage.id, name: stage.name, kind: stage.kind, style: stage.style, isKey: stage.isKey)
  }

  /// As it was kept.
  init?(_ json: JSON) {
    guard let id = json["id"]?.int64, let name = json["name"]?.string,
      let kind = json["kind"]?.string.flatMap(StageKind.init(rawValue:)),
      let style = json["style"]?.string.flatMap(StageStyle.init(rawValue:))
    else { return nil }
    self.init(id: id, name: name, kind: kind, style: style, isKey: json["key"]?.bool ?? false)
  }
}

extension Pipeline {
  /// A change of its stages, with what it was made of before and is made of from then on.
  func keepingDesign(_ statements: [BoundStatement], _ call: TenantCall) -> [BoundStatement] {
    [PipelineDesignStatements.begin(call.tenantParameter, .integer(id))] + statements + [
      PipelineDesignStatements.keep(call.tenantParameter, .integer(id), .timestamp(call.now))
    ]
  }
}
