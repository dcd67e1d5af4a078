internal import JSON
internal import JSONRPC
internal import SalesRules

extension LocalizedPipeline {
  static let schema = Schema.object(
    [
      "code": .string, "kind": .choice(CardKind.allCases.map(\.rawValue)), "name": .string,
      "purpose": .string, "source": .string, "no_back": .string, "no_skip": .string,
      "cross_only_by_win": .string, "life_limit": Schema.string.nullable,
      "stages": .array(of: .anyObject),
      "fields": .array(of: .anyObject), "reasons": .array(of: .anyObject),
      "contact_statuses": .array(of: .anyObject),
    ], required: ["code", "kind", "name", "purpose", "stages"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("code", code)
      $0.member("kind", kind.rawValue)
      $0.member("name", name)
      $0.member("purpose", purpose)
      $0.member("source", source)
      $0.member("no_back", rules.noBack.rawValue)
      $0.member("no_skip", rules.noSkip.rawValue)
      $0.member("cross_only_by_win", rules.crossOnlyByWin.rawValue)
      $0.member("life_limit", rules.lifeLimit?.description)
      $0.name("stages")
      $0.array { for stage in stages { stage.write(to: &$0) } }
      $0.name("fields")
      $0.array { for field in fields { field.write(to: &$0) } }
      $0.name("reasons")
      $0.array { for reason in reasons { reason.write(to: &$0) } }
      $0.name("contact_statuses")
      $0.array { for status in contactStatuses { status.write(to: &$0) } }
    }
  }
}

extension LocalizedStage {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("code", code)
      $0.member("name", name)
      $0.member("kind", kind.rawValue)
      $0.member("style", style.rawValue)
      $0.member("key", isKey)
      $0.member("hint", hint)
      $0.member("required", required.map(\.description))
      $0.member("dwell_limit", dwellLimit?.description)
      $0.member("reopens_here", reopensHere)
    }
  }
}

extension LocalizedField {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("key", key)
      $0.member("name", name)
      $0.member("type", type.rawValue)
      $0.member("choices", choices)
    }
  }
}

extension LocalizedContactStatus {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("name", name)
      $0.member("meaning", meaning.rawValue)
    }
  }
}

extension LocalizedReason {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("kind", kind.rawValue)
      $0.member("name", name)
      if let lossKind { $0.member("loss_kind", lossKind.rawValue) }
    }
  }
}
