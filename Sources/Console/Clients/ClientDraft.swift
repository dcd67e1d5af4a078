internal import JSON

/// A contact or company, new or as it is to be, as it was typed.
public struct ClientDraft: Sendable {
  /// What the client is called.
  public var name: String?
  /// Phone numbers, the one to call first.
  public var phones: [String] = []
  /// E-mail addresses, the one to write to first.
  public var emails: [String] = []
  /// Of a contact: the id of the company.
  public var company: Int64?

  /// A client with a name alone, or of which nothing is said yet.
  public init(name: String? = nil) {
    self.name = name
  }

  /// The client of a new card; nil where nothing is said of one.
  static func typed(name: String?, phone: String?, email: String?) -> JSON? {
    var contact: JSONObject = [:]
    contact["name"] = name.map { .string($0) }
    contact["phone"] = phone.map { .string($0) }
    contact["email"] = email.map { .string($0) }
    return contact.members.isEmpty ? nil : .object(contact)
  }

  var parameters: JSONObject {
    var parameters: JSONObject = [:]
    parameters["name"] = name.map { .string($0) }
    if !phones.isEmpty { parameters["phones"] = .array(phones.map { .string($0) }) }
    if !emails.isEmpty { parameters["emails"] = .array(emails.map { .string($0) }) }
    parameters["company"] = company.map { .integer($0) }
    return parameters
  }
}
