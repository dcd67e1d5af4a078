internal import JSONRPC
internal import SalesRules

/// What `export.*` takes.
enum ExportMembers {
  static let what = Member<ExportKind>.choice(
    "what", "leads, deals, or the contacts or companies of such cards.")
  static let from = Member<WireDate>.date(
    "from", "Only of cards created on this day or later, in the company's time zone.")
  static let to = Member<WireDate>.date(
    "to", "Only of cards created before this day, in the company's time zone.")
  static let id = Member<String>.opaqueText(
    "id", length: 1...60_000, "The `id` that export.begin gave.")

  /// The filters, which are those of lists.
  static let filters: [MemberDeclaration] = [
    .optional(CardMembers.pipeline), .optional(CardMembers.stage), .optional(CardMembers.outcome),
    .optional(CardMembers.responsible), .optional(CardMembers.contactID),
    .optional(CardMembers.company), .optional(CardMembers.source), .optional(from), .optional(to),
  ]
}
