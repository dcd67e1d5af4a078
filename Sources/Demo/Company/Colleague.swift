public import JSON

/// Somebody who works in a generated company, or for it.
public struct Colleague: Hashable, Sendable {
  /// What they do.
  public enum Position: Hashable, Sendable {
    /// The owner's right hand: holds every right.
    case admin
    /// In the team of this code of the company template.
    case member(team: String)
    /// Leads the team of this code.
    case lead(team: String)
    /// An outside marketer, who may see the lost leads (S4).
    case contractor
  }

  /// The name.
  public let name: String
  /// The e-mail address, which is also the external id in imports.
  public let email: String
  /// The place in the company.
  public let position: Position

  /// The code of the team they belong to; nil for the admin and the contractor.
  public var team: String? {
    switch position {
    case .admin, .contractor: nil
    case .member(let team), .lead(let team): team
    }
  }

  /// Whether they lead their team.
  public var isLead: Bool {
    if case .lead = position { true } else { false }
  }

  /// The row of an import: by it deals know who is responsible for them.
  public var row: JSONObject {
    ["external_id": .string(email), "name": .string(name), "email": .string(email)]
  }
}
