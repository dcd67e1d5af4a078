internal import JSON

/// Which invoices are listed.
public struct InvoiceFilter: Sendable {
  /// Of this deal.
  public var deal: Int64?
  /// `open`, `paid` or `cancelled`.
  public var state: String?
  /// Open ones whose last day is over.
  public var overdue = false
  /// Due on this day or later.
  public var from: String?
  /// Due on this day or earlier.
  public var to: String?
  /// How many at most.
  public var limit = 50
  /// Where the last page ended.
  public var after: String?

  /// All that one may see.
  public init() {}

  var params: JSONObject {
    var params: JSONObject = ["limit": .integer(limit)]
    params["deal"] = deal.map { .integer($0) }
    params["state"] = state.map { .string($0) }
    if overdue { params["overdue"] = true }
    params["from"] = from.map { .string($0) }
    params["to"] = to.map { .string($0) }
    params["after"] = after.map { .string($0) }
    return params
  }
}
