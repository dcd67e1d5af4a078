internal import JSON

/// Lines, invoices, payments and pauses of deals.
extension IsolationCases {
  private static let price: JSON = ["amount": "10", "currency": "RUB"]

  private static func lines(deal: Int64, product: Int64) -> JSONObject {
    [
      "id": .integer(deal),
      "lines": [["product": .integer(product), "quantity": 2, "price": price]],
    ]
  }

  static let sold: [String: [IsolationCase]] = [
    "deal.set_lines": [
      .naming(usesUp: true) { own, other in lines(deal: other.deal, product: own.product) },
      .naming(usesUp: true) { own, other in lines(deal: own.deal, product: other.product) },
    ],
    "card.pause": [
      .of("id", \.deal, ["until": "2026-07-01", "reason": "Holiday"], usesUp: true),
      .of("id", \.lead, ["until": "2026-07-01T09:00:00Z", "reason": "Holiday"], usesUp: true),
    ],
    "card.resume": [.of("id", \.deal), .of("id", \.lead)],
    "invoice.create": [.of("deal", \.deal, ["due_at": "2026-07-01", "amount": price])],
    "invoice.get": [.of("id", \.invoice)],
    "invoice.list": [
      .of("deal", \.deal), .plain(["state": "open", "from": "2026-01-01"]),
      .plain(["overdue": true, "to": "2030-01-01"]),
    ],
    "invoice.update": [.of("id", \.invoice, ["due_at": "2026-08-01"], usesUp: true)],
    "invoice.cancel": [.of("id", \.invoice, usesUp: true)],
    "invoice.pay": [.of("id", \.invoice, ["amount": price], usesUp: true)],
  ]
}
