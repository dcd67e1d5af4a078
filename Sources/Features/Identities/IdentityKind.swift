/// The kinds of things whose ids are counted, each for itself in each company.
enum IdentityKind: String, Sendable, Hashable {
  /// Companies themselves; counted for the installation.
  case tenant
  case user
  case session
  case invitation
  case token
  case support
  case team
  case pipeline
  case stage
  case reason
  case contactStatus = "contact_status"
  case activityType = "activity_type"
  case field
  case grant
  /// Leads and deals together.
  case card
  case contact
  case company
  case product
  case note
  case invoice
  case activity
  case `import`

  /// How many are taken at first. What is rare is taken singly, so that its ids have no gaps.
  var firstBlock: Int {
    switch self {
    case .card, .contact, .note, .activity, .session: 32
    default: 1
    }
  }
}
