/// What things of a company's own lists are called: pipelines, stages, reasons, products, statuses, types.
///
/// People tell such names apart by reading them, so neither blanks around them nor their case make two of one.
public enum ListName {
  /// The name without blanks before and behind it.
  public static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// What two names have in common that are one.
  public static func key(_ text: String) -> String { trimmed(text).lowercased() }
}
