internal import JSON
internal import JSONRPC
internal import SalesRules

/// What is to be exported: the kind of rows, the filters, and the company's own fields that are columns.
struct ExportOrder: Sendable {
  let kind: ExportKind
  var pipeline: Int64?
  var stage: Int64?
  var outcome: Outcome?
  var responsible: Int64?
  var contact: Int64?
  var company: Int64?
  var source: String?
  var from: WireDate?
  var to: WireDate?
  /// The keys of values that are columns of their own; nil where there are too many for that.
  var keys: [String]? = []

  /// What a request asks for.
  init(_ arguments: Arguments) throws(RPCError) {
    kind = arguments[ExportMembers.what]
    pipeline = arguments[optional: CardMembers.pipeline]
    stage = arguments[optional: CardMembers.stage]
    outcome = arguments[optional: CardMembers.outcome]
    responsible = arguments[optional: CardMembers.responsible]
    contact = arguments[optional: CardMembers.contactID]
    company = arguments[optional: CardMembers.company]
    source = arguments[optional: CardMembers.source]
    from = arguments[optional: ExportMembers.from]
    to = arguments[optional: ExportMembers.to]
    if let from, let to, to < from {
      throw .invalid([FieldProblem(path: "from", problem: "\(from) comes after to, \(to)")])
    }
  }

  /// Whether every card there is, and whatever has none, is meant.
  var isUnfiltered: Bool {
    pipeline == nil && stage == nil && outcome == nil && responsible == nil && contact == nil
      && company == nil && source == nil && from == nil && to == nil
  }

  // MARK: - As a ticket keeps it

  /// From what `json` gives.
  init?(_ json: JSON) {
    guard let kind = json["what"]?.string.flatMap(ExportKind.init) else { return nil }
    self.kind = kind
    pipeline = json["pipeline"]?.int64
    stage = json["stage"]?.int64
    outcome = json["outcome"]?.string.flatMap(Outcome.init)
    responsible = json["responsible"]?.int64
    contact = json["contact"]?.int64
    company = json["company"]?.int64
    source = json["source"]?.string
    from = json["from"]?.string.flatMap { WireDate(text: $0) }
    to = json["to"]?.string.flatMap { WireDate(text: $0) }
    keys = json["keys"]?.array?.compactMap(\.string)
  }

  func write(to writer: inout JSONWriter) {
    writer.member("what", kind.rawValue)
    writer.optional("pipeline", pipeline)
    writer.optional("stage", stage)
    writer.optional("outcome", outcome?.rawValue)
    writer.optional("responsible", responsible)
    writer.optional("contact", contact)
    writer.optional("company", company)
    writer.optional("source", source)
    writer.optional("from", from?.description)
    writer.optional("to", to?.description)
  }
}

extension JSONWriter {
  /// A member that is left out where it has no value.
  fileprivate mutating func optional(_ name: StaticString, _ value: Int64?) {
    if let value { member(name, value) }
  }

  /// The same with a text.
  fileprivate mutating func optional(_ name: StaticString, _ value: String?) {
    if let value { member(name, value) }
  }
}
