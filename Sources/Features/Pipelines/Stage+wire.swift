internal import JSON
internal import JSONRPC
internal import SalesRules

extension Stage {
  /// The stage as it stands in its pipeline; with the pipeline's id where it stands alone.
  func write(to writer: inout JSONWriter, isAlone: Bool = false) {
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
      $0.name("responsible_rule")
      responsibleRule.write(to: &$0)
      $0.member("transfers_to", transfersTo)
      $0.member("version", version)
    }
  }

  /// The stage alone.
  var answer: RawJSON { RawJSON { write(to: &$0, isAlone: true) } }
}
