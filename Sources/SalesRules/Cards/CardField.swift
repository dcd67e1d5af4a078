/// The keys of a card's own values, as a stage's list of required fields names them.
///
/// Every other key is a custom field's. A custom field may not take one of these keys.
public enum CardField: String, CaseIterable, Hashable, Sendable {
  /// The card's title.
  case title
  /// The amount, also when it is zero.
  case amount
  /// The person on the client's side.
  case contact
  /// The client's company.
  case company
  /// The seller responsible.
  case responsible
  /// Where the request came from.
  case source
  /// The contact's name (S1: phone and name are asked for before a lead is passed on).
  case name
  /// A phone number of the contact.
  case phone
  /// An e-mail address of the contact.
  case email
  /// The status of the last contact (S0).
  case lastContact = "last_contact"
}
