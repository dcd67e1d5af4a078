internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `event.*`: being told at once what becomes of things.
enum EventMethods {
  static let all = [subscribe, unsubscribe]

  private static let after = Member<Int64>.integer(
    "after", 0...Int64.max - 1_000_000,
    "The sequence of the last event that is known; without it only what happens from now on is told."
  )
  private static let pipelines = Member<[Int64]>.array(
    "pipelines", of: .identifier("pipeline", "A pipeline's id."), count: 1...200,
    "Only what becomes of these pipelines and the cards in them.")
  private static let nouns = Member<[String]>.array(
    "nouns", of: .text("noun", length: 1...50, "Such as deal."), count: 1...50,
    "Only what becomes of these, such as deal, lead, note, pipeline, stage, user or usage.")

  static let subscribe = Method(
    "event.subscribe", "Has what becomes of things told on this connection, as it happens.",
    details:
      "Notifications `event` follow, each with a `sequence`; the answer's is that of the last event so "
      + "far. With `after` all that one may see comes from there on, without a gap, for the seven days that "
      + "events are kept. Their shape is components.schemas.Event: `name` is the method that did it, `id` "
      + "what it was done to; read the rest by its method. A card that leaves one's sight is told as "
      + "`gone`. Rights count at the moment of telling. Subscribing again replaces; logging in or out, and "
      + "auth.assume, end it; a last one with `ended` tells why nothing more comes.",
    takes: [.optional(after), .optional(pipelines), .optional(nouns)],
    gives: .object(["sequence": .integer], required: ["sequence"]), errors: [.notFound, .invalid],
    traits: .bindsConnection, feature: .events,
    .read(.member) { call in
      let filter = try filter(call)
      guard let output = call.session.output else {
        throw RPCError.invalidRequest("Nothing can be told on this connection.")
      }
      // What has been committed so far is behind the subscriber, or asked for.
      _ = try await call.services.sequencer.advance(call.tenant)
      let head = try EventHead(
        try await call.read(EventStatements.head(call.tenantParameter))[0])
      let start = call.arguments[optional: after] ?? head.number
      try head.requireThere(start)
      call.session.subscribe(EventSubscription(call, after: start, filter, to: output))
      return RawJSON(["sequence": .integer(head.number)])
    })

  private static let unsubscribe = Method(
    "event.unsubscribe", "Ends what event.subscribe began; no event follows the answer.",
    gives: .object(["subscribed": .boolean], required: ["subscribed"]), traits: .bindsConnection,
    .read(.member) { call in
      call.session.subscribe(nil)
      return RawJSON(["subscribed": false])
    })

  private static func filter(_ call: TenantCall) throws(RPCError) -> EventFilter {
    let filter = EventFilter(
      pipelines: call.arguments[optional: pipelines], nouns: call.arguments[optional: nouns])
    for pipeline in filter.pipelines ?? [] {
      guard call.company.pipeline(pipeline) != nil, call.standing.knows(pipeline: pipeline) else {
        throw .notFound(what: "pipeline")
      }
    }
    let known = Set(Features.methods.filter(\.body.isWrite).compactMap(\.description.tags.first))
      .union([EventDraft.usage])
    let problems = (filter.nouns ?? []).enumerated().filter { !known.contains($0.element) }.map {
      FieldProblem(path: "nouns[\($0.offset)]", problem: "is nothing that events are about")
    }
    guard problems.isEmpty else { throw .invalidParams(problems) }
    return filter
  }
}
