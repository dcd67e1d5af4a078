/// The types of a custom field.
public enum FieldType: String, CaseIterable, Hashable, Sendable {
  /// Any text.
  case text
  /// A decimal number.
  case number
  /// An amount with its currency.
  case money
  /// A day of the calendar.
  case date
  /// A moment.
  case datetime
  /// One of the field's options.
  case choice
  /// Any number of the field's options.
  case multiChoice = "multi_choice"
  /// Yes or no.
  case boolean
  /// A phone number, kept as E.164.
  case phone
  /// An e-mail address.
  case email
  /// An address on the web.
  case link
  /// A person of the company.
  case user
}
