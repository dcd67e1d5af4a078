internal import JSON
internal import SalesRules

extension Card {
  /// The card's result, as the protocol fixes it.
  func write(
    to writer: inout JSONWriter, in company: Company, warnings: [CardWarning] = [],
    lines: [DealLine]? = nil, clocks: CardClocks? = nil
  ) {
    writer.object {
      $0.member("id", id)
      $0.member("kind", kind.rawValue)
      $0.member("pipeline", pipeline)
      $0.member("stage", stage)
      $0.member("outcome", outcome.rawValue)
      $0.member("title", title)
      $0.money("amount", amount, company.currency)
      $0.member("contact", contact)
      $0.member("company", self.company)
      $0.member("responsible", responsible)
      $0.member("source", source)
      $0.name("fields")
      $0.value(.object(fields))
      $0.member("repeat", isRepeat)
      $0.member("reason", reason)
      if let kind = company.lossKind(of: reason) { $0.member("loss_kind", kind.rawValue) }
      $0.member("comment", comment)
      $0.member("based_on", basedOn)
      $0.member("created_at", createdAt)
      $0.member("stage_entered_at", stageEnteredAt)
      $0.member("touched_at", touchedAt)
      $0.member("closed_at", closedAt)
      $0.member("version", version)
      $0.member("last_contact", lastContact)
      lines?.write(to: &$0, currency: company.currency)
      clocks?.write(to: &$0)
      warnings.writeWarnings(to: &$0)
    }
  }

  /// The same, or only its id for one who may not see it: who hands over into a pipeline learns no more.
  func write(
    to writer: inout JSONWriter, for call: TenantCall, warnings: [CardWarning] = []
  ) {
    guard call.standing.sees(place) else {
      return writer.object { $0.member("id", id) }
    }
    write(to: &writer, in: call.company, warnings: warnings)
  }

  /// The card as it is, whoever asks: for the audit.
  func whole(for call: TenantCall) -> RawJSON {
    RawJSON { write(to: &$0, in: call.company) }
  }

  /// The same where the caller's answer is less than that.
  func wholeUnlessSeen(by call: TenantCall) -> RawJSON? {
    call.standing.sees(place) ? nil : whole(for: call)
  }

  /// The card as a method's whole result.
  func answer(for call: TenantCall, warnings: [CardWarning] = []) -> RawJSON {
    RawJSON { write(to: &$0, for: call, warnings: warnings) }
  }
}
