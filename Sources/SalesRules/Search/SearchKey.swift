/// What stands among a thing's words without being one: by it lists are filtered.
///
/// A key begins with a sign that no word begins with, so that no search comes upon it. It may stand for more than
/// one value: who looks a key up looks at the value too. In the order of bytes, ordered keys of a field stand as
/// their values do.
public enum SearchKey {
  private static let mark = "\u{1}"
  /// Of a longer name its beginning.
  private static let longest = 64

  /// What all keys of a field begin with.
  public static func beginning(ofField id: Int64) -> String { "\(mark)\(id)=" }

  /// Of a value that is the same or another one.
  public static func exact(_ value: String, ofField id: Int64) -> String {
    // FNV-1a, 64 bits: short whatever the value, and the same on every server.
    let hash = value.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return beginning(ofField: id) + hexadecimal(hash)
  }

  /// Of a value that is smaller or greater than others. Values that are next to one another may share a key.
  public static func ordered(_ value: Double, ofField id: Int64) -> String {
    let bits = (value == 0 ? 0 : value).bitPattern
    let isNegative = bits >> 63 == 1
    return beginning(ofField: id) + hexadecimal(isNegative ? ~bits : bits | 1 << 63)
  }

  /// Of a name, and of the beginning of one: the latter begins the keys of all names that begin so.
  public static func name(_ name: String) -> String {
    var key = String.UnicodeScalarView()
    for scalar in name.unicodeScalars.prefix(longest) {
      let small = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
      // Words are kept with spaces between.
      key.append(small == " " ? "\u{2}" : small)
    }
    return mark + String(key)
  }

  /// Behind this key and before every other one.
  public static func end(of key: String) -> String { key + "\u{1}" }

  /// Behind every key that begins so.
  public static func end(ofAllFrom beginning: String) -> String { beginning + "\u{10FFFF}" }

  private static func hexadecimal(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
