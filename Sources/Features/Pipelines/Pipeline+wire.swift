internal import JSON
internal import SalesRules

extension Pipeline {
  /// The pipeline as far as the person may read it: without `view` only its id, kind and name.
  func write(
    to writer: inout JSONWriter, for standing: Standing,
    _ further: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.object {
      $0.member("id", id)
      $0.member("kind", kind.rawValue)
      $0.member("name", name)
      if standing.holds(.view, onPipeline: id) {
        $0.member("position", position)
        $0.member("frozen", isFrozen)
        $0.member("archived", isArchived)
        $0.member("no_back", rules.noBack.rawValue)
        $0.member("no_skip", rules.noSkip.rawValue)
        $0.member("cross_only_by_win", rules.crossOnlyByWin.rawValue)
        $0.member("life_limit", rules.lifeLimit?.description)
        let mayChange = standing.holds(.configure, onPipeline: id)
        $0.name("responsible_rule")
        (mayChange ? responsibleRule : .keep).write(to: &$0)
        $0.member("version", version)
      }
      $0.member("actions", standing.actions(onPipeline: id).map(\.rawValue))
      if standing.holds(.view, onPipeline: id) {
        $0.name("stages")
        $0.array { for stage in stages { stage.write(to: &$0, for: standing) } }
      }
      further(&$0)
    }
  }

  /// The pipeline for one person.
  func answer(for standing: Standing) -> RawJSON {
    RawJSON { write(to: &$0, for: standing) }
  }

  /// The key of its place in lists: the lead pipeline first, then by position.
  var listKey: [Int64] { [kind == .lead ? 0 : 1, Int64(position), id] }

  /// The key of its place among those that are kept: the first ones freeze last.
  var keepingKey: [Int64] {
    [freezeRank == nil ? 0 : 1, -Int64(freezeRank ?? 0), Int64(position), id]
  }
}
