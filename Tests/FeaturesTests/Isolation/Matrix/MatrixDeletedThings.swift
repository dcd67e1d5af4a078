internal import JSON
internal import TestSupport

/// Things that were there and are deleted. Leads, people, products and imports are never deleted: of
/// these there is nothing but what never was.
enum MatrixDeletedThings {
  static func make(in scene: IsolationScene) async throws -> CompanyThings {
    let (company, owner) = (scene.company, scene.company.owner)
    let made = try await CompanyThings.make(in: company, mark: "Gone")
    var gone = CompanyThings.never
    func end(
      _ method: String, _ path: any WritableKeyPath<CompanyThings, Int64> & Sendable, _ id: Int64
    ) async throws {
      try await owner.call(method, ["id": .integer(id)])
      gone[keyPath: path] = id
    }
    // Invoices go with their deals.
    gone.invoice = made.invoice
    try await end("deal.delete", \.deal, made.deal)
    gone.activity = made.activity
    try await end("deal.delete", \.lostDeal, made.lostDeal)
    try await end("deal.delete", \.wonDeal, made.wonDeal)
    try await end("contact.delete", \.idleContact, made.idleContact)
    gone.contact = gone.idleContact
    try await end("company.delete", \.idleCompany, made.idleCompany)
    gone.company = gone.idleCompany
    try await end("stage.delete", \.emptyStage, made.emptyStage)
    (gone.stage, gone.firstStage) = (gone.emptyStage, gone.emptyStage)
    try await end("pipeline.delete", \.emptyPipeline, made.emptyPipeline)
    gone.pipeline = gone.emptyPipeline
    try await end("field.delete", \.field, made.field)
    try await end("reason.delete", \.winReason, made.winReason)
    try await end("reason.delete", \.invalidReason, made.invalidReason)
    let loss = try await owner.call("reason.create", ["kind": "loss", "name": "Gone unused"]).id
    try await end("reason.delete", \.lossReason, loss)
    try await end("activity_type.delete", \.activityType, made.activityType)
    try await end("contact_status.delete", \.contactStatus, made.contactStatus)
    try await end("team.delete", \.childTeam, made.childTeam)
    try await end("grant.revoke", \.grant, made.grant)
    try await end("token.revoke", \.token, made.token)
    try await end("team.delete", \.team, made.team)
    return gone
  }
}
