internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `report.*`: what the figures say.
enum ReportMethods {
  static let all = [funnel]

  private static let dwell = Schema.object(
    [
      "stays": .integer, "median_s": Schema.number.nullable, "p90_s": Schema.number.nullable,
    ], required: ["stays", "median_s", "p90_s"])

  private static let stage = Schema.object(
    [
      "stage": .identifier, "name": .string, "entered": .integer, "reached": .integer,
      "exit": .boolean,
      "from_previous": Schema.number.nullable, "overall": Schema.number.nullable,
      "lost_here": .integer, "lost_by": FunnelLosses.schema, "open_here": .integer, "dwell": dwell,
    ], required: ["stage", "name", "entered", "reached", "lost_here", "open_here", "dwell"])

  private static let totals = Schema.object(
    [
      "created": .integer, "open": .integer, "won": .integer, "lost": .integer,
      "lost_by": FunnelLosses.schema,
      "won_amount": Shapes.moneyReference, "average_sale": Shapes.moneyReference.nullable,
    ], required: ["created", "open", "won", "lost", "won_amount", "average_sale"])

  private static let funnel = Method(
    "report.funnel", "How far the cards of a period came in a pipeline, and where they were lost.",
    details: """
      The cohort is the cards created in [from, to) by the company's calendar, of those you may see. \
      entered: cards that were in this stage; reached: in it or in any later open stage, or won; of a stage \
      that transfers (`exit`) those in it, since there may be other ways out; \
      lost_here: lost while in it; lost_by: the lost ones by the kind of loss of their present reasons \
      (`unknown` without one); dwell: over finished stays, in seconds. Teams, amounts and people \
      responsible are those of today, also with as_of; the stages, their names and order are those that \
      the pipeline had then, since `design_since`. shape: funnel, colander (it grows somewhere) or \
      empty, with what was found.
      """,
    takes: [
      .required(FunnelMembers.pipeline), .optional(FunnelMembers.from),
      .optional(FunnelMembers.to), .optional(FunnelMembers.asOf), .optional(FunnelMembers.team),
      .optional(FunnelMembers.responsible), .optional(FunnelMembers.source),
    ],
    gives: .object(
      [
        "totals": totals, "stages": .array(of: stage), "shape": .anyObject,
        "design_since": .timestamp,
      ],
      required: ["totals", "stages", "shape"]), errors: [.notFound],
    .read(.member) { call in try await FunnelReport(call).answer() })
}
