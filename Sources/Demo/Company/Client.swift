/// Somebody who asks, for themselves or for a company.
struct Client: Hashable, Sendable {
  let name: String
  let phone: String?
  let email: String?
  let company: ClientCompany?

  /// What a card's title calls them.
  var title: String { company?.name ?? name }
}
