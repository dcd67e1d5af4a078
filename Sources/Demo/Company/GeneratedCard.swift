public import JSON
public import SalesRules

/// A lead or a deal of a generated company, with its history.
public struct GeneratedCard: Hashable, Sendable {
  /// What imports know it by.
  public let externalID: String
  /// A lead or a deal.
  public let kind: CardKind
  /// What is wanted, and by whom.
  public let title: String
  /// What it is worth; nil where that is not known yet.
  public let amount: MoneyAmount?
  /// The external id of the company that asks; nil for private clients.
  public let company: String?
  /// The e-mail of who is responsible; nil where nobody has taken it.
  public let responsible: String?
  /// The external id of what is sold.
  public let product: String?
  /// Who asks.
  let client: Client
  /// Where the request came from.
  public let source: String
  /// The stages it came into, in order; the first one is its creation.
  public let events: [CardEvent]
  /// How it ended.
  public let outcome: Outcome
  /// Why it ended so; nil while it is open, and for converted leads.
  public let reason: String?
  /// What was written at the end.
  public let comment: String?

  /// When it was created.
  public var createdAt: Timestamp { events[0].at }

  /// The name of the stage where it stands.
  public var stage: String { events[events.count - 1].stage }

  /// When it ended; nil while it is open.
  public var closedAt: Timestamp? {
    outcome == .open ? nil : events[events.count - 1].at
  }

  /// The row of an import.
  public var row: JSONObject {
    var row: JSONObject = [
      "external_id": .string(externalID), "title": .string(title), "stage": .string(stage),
    ]
    row["amount"] = amount.map { .string($0.description) }
    row["company"] = company.map { .string($0) }
    row["responsible"] = responsible.map { .string($0) }
    row["product"] = product.map { .string($0) }
    row["contact"] = .object(contact)
    row["source"] = .string(source)
    row["created_at"] = .string(createdAt.description)
    row["closed_at"] = closedAt.map { .string($0.description) }
    row["reason"] = reason.map { .string($0) }
    row["comment"] = comment.map { .string($0) }
    row["events"] = .array(
      events.map { event in
        var json: JSONObject = [
          "stage": .string(event.stage), "at": .string(event.at.description),
        ]
        json["by"] = event.by.map { .string($0) }
        return .object(json)
      })
    return row
  }

  private var contact: JSONObject {
    var contact: JSONObject = ["name": .string(client.name)]
    contact["phone"] = client.phone.map { .string($0) }
    contact["email"] = client.email.map { .string($0) }
    return contact
  }
}
