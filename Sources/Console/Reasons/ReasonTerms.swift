internal import JSON

/// What a reason says besides its name.
public struct ReasonTerms: Sendable {
  /// `dropped`, `refused` or `vanished`.
  public var lossKind: String?
  /// `required`, `optional`, or `company` for the company's own rule.
  public var comment: String?

  /// Terms; nil is as it is.
  public init(lossKind: String? = nil, comment: String? = nil) {
    self.lossKind = lossKind
    self.comment = comment
  }

  func added(to params: JSONObject) -> JSONObject {
    var params = params
    params["loss_kind"] = lossKind.map { .string($0) }
    params["comment"] = comment.map { $0 == "company" ? .null : .string($0) }
    return params
  }
}
