internal import JSON

/// A new contact or company, as it was typed.
public struct ClientDraft: Sendable {
  /// What the client is called.
  public var name: String
  /// Phone numbers, the one to call first.
  public var phones: [String] = []
  /// E-mail addresses, the one to write to first.
  public var emails: [String] = []
  /// Of a contact: the id of the company.
  public var company: Int64?

  /// A client with a name alone.
  public init(name: String) {
    self.name = name
  }

  var parameters: JSONObject {
    var parameters: JSONObject = ["name": .string(name)]
    if !phones.isEmpty { parameters["phones"] = .array(phones.map { .string($0) }) }
    if !emails.isEmpty { parameters["emails"] = .array(emails.map { .string($0) }) }
    parameters["company"] = company.map { .integer($0) }
    return parameters
  }
}
