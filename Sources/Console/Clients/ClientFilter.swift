internal import JSON

/// Which contacts or companies are listed.
public struct ClientFilter: Sendable {
  /// How the name begins.
  public var name: String?
  /// A phone number in any spelling.
  public var phone: String?
  /// An e-mail address.
  public var email: String?
  /// How many at most; nil is all of them.
  public var limit: Int?

  /// All of them.
  public init() {}

  var parameters: JSONObject {
    var parameters: JSONObject = [:]
    parameters["name"] = name.map { .string($0) }
    parameters["phone"] = phone.map { .string($0) }
    parameters["email"] = email.map { .string($0) }
    return parameters
  }
}
