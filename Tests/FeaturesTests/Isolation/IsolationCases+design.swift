internal import JSON

/// Pipelines, stages, and the company's lists.
extension IsolationCases {
  static let design: [String: [IsolationCase]] = [
    "pipeline.templates": [.plain()],
    "pipeline.create": [.plain(["name": "New", "stages": [["name": "One"]]])],
    "pipeline.list": [.plain(), .plain(["archived": true])],
    "pipeline.get": [.of("id", \.pipeline)],
    "pipeline.update": [.of("id", \.pipeline, ["no_back": "warn"], usesUp: true)],
    "pipeline.reorder": [
      // Not all that are there.
      .naming { _, other in ["pipelines": [.integer(other.pipeline)]] }.refusedAnyway
    ],
    "pipeline.freeze_order": [
      .naming(usesUp: true) { _, other in ["pipelines": [.integer(other.pipeline)]] }
    ],
    "pipeline.lint": [.of("id", \.pipeline), .of("id", \.pipeline, ["language": "en"])],
    "pipeline.archive": [.of("id", \.pipeline, usesUp: true)],
    "pipeline.restore": [.of("id", \.pipeline)],
    "pipeline.delete": [
      .of("id", \.emptyPipeline, ["dry_run": true]), .of("id", \.emptyPipeline, usesUp: true),
      .naming { own, other in
        [
          "id": .integer(own.pipeline), "dry_run": true,
          "move_to": [["stage": .integer(own.stage), "to": .integer(other.firstStage)]],
        ]
      }.refusedAnyway,
    ],
    "stage.create": [.of("pipeline", \.pipeline, ["name": "New"], usesUp: true)],
    "stage.list": [.of("pipeline", \.pipeline)],
    "stage.update": [.of("id", \.stage, ["name": "Changed"], usesUp: true)],
    "stage.reorder": [
      .naming { own, other in
        ["pipeline": .integer(other.emptyPipeline), "stages": [.integer(own.stage)]]
      }.refusedAnyway
    ],
    "stage.delete": [
      .of("id", \.emptyStage, usesUp: true),
      .of("move_cards_to", \.stage, own: "id", \.firstStage, usesUp: true),
    ],
    "field.create": [.plain(["for": "deal", "key": "new_key", "name": "New", "type": "text"])],
    "field.list": [.plain()],
    "field.update": [
      .of("id", \.field, ["name": "Changed"], usesUp: true),
      // A deal's field becomes no other one.
      .of("converts_to", \.field, own: "id", \.field).refusedAnyway,
    ],
    "field.reorder": [
      .naming { _, other in ["for": "lead", "fields": [.integer(other.field)]] }.refusedAnyway
    ],
    "field.delete": [.of("id", \.field, usesUp: true)],
    "reason.create": [.plain(["kind": "loss", "name": "New"])],
    "reason.list": [.plain(["inactive": true])],
    "reason.update": [.of("id", \.lossReason, ["name": "Changed"], usesUp: true)],
    "reason.delete": [.of("id", \.winReason, usesUp: true)],
    "activity_type.create": [.plain(["name": "New", "base": "call"])],
    "activity_type.list": [.plain(["inactive": true])],
    "activity_type.update": [.of("id", \.activityType, ["name": "Changed"], usesUp: true)],
    "activity_type.delete": [.of("id", \.activityType, usesUp: true)],
    "contact_status.create": [.plain(["name": "New"])],
    "contact_status.list": [.plain(["inactive": true])],
    "contact_status.update": [.of("id", \.contactStatus, ["name": "Changed"], usesUp: true)],
    "contact_status.delete": [.of("id", \.contactStatus, usesUp: true)],
  ]
}
