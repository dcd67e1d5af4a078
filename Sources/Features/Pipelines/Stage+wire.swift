internal import JSON
internal import JSONRPC
internal import SalesRules

extension Stage {
  /// The stage as it stands in its pipeline; with the pipeline's id where it stands alone. Who becomes
  /// responsible is null for those who may not change it, and the pipeline that leads go on to for those for
  /// whom it does not exist; without a person the stage is whole.
  func write(to writer: inout JSONWriter, isAlone: Bool = false, for standing: Standing? = nil) {
    writer.object {
      $0.member("id", id)
      if isAlone { $0.member("pipeline", pipeline) }
      $0.member("name", name)
      $0.member("kind", kind.rawValue)
      $0.member("position", position)
      $0.member("style", style.rawValue)
      $0.member("key", isKey)
      $0.member("hint", hint)
      $0.member("required", required.map(\.description))
      $0.member("dwell_limit", dwellLimit?.description)
      $0.member("reopens_here", reopensHere)
      let isTold = standing?.holds(.configure, onPipeline: pipeline) ?? true
      $0.name("responsible_rule")
      (isTold ? responsibleRule : .keep).write(to: &$0)
      let target = transfersTo.flatMap { standing?.knows(pipeline: $0) ?? true ? $0 : nil }
      $0.member("transfers_to", target)
      $0.member("version", version)
    }
  }

  /// The stage alone and whole.
  var whole: RawJSON { RawJSON { write(to: &$0, isAlone: true) } }

  /// The stage alone for one person.
  func answer(for standing: Standing) -> RawJSON {
    RawJSON { write(to: &$0, isAlone: true, for: standing) }
  }
}
