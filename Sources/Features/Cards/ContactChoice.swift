/// The contact that a new card names.
enum ContactChoice: Sendable {
  /// One that is there.
  case known(Int64)
  /// A person of whom this is known; found again by phone or e-mail, or made.
  case new(ContactDraft)
}

/// What is known of a person who may be new.
struct ContactDraft: Sendable {
  var name: String?
  /// As they came, the first one first.
  var phones: [String] = []
  var emails: [String] = []

  var isEmpty: Bool { name == nil && phones.isEmpty && emails.isEmpty }
}
