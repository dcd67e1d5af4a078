/// The parts of Prometheus' text form.
enum PrometheusText {
  /// A name that Prometheus takes: what it does not take in a name becomes an underscore.
  static func name(_ label: String) -> String {
    var name = ""
    for scalar in label.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "_", ":": name.unicodeScalars.append(scalar)
      case "0"..."9" where !name.isEmpty: name.unicodeScalars.append(scalar)
      case "0"..."9": name += "_\(scalar)"
      default: name += "_"
      }
    }
    return name.isEmpty ? "_" : name
  }

  /// What stands between a sample's braces: sorted by name, the last of two alike.
  static func labels(_ dimensions: [(String, String)]) -> String {
    Dictionary(
      dimensions.map { (name($0.0).replacing(":", with: "_"), $0.1) },
      uniquingKeysWith: { _, last in last }
    )
    .sorted { $0.key < $1.key }
    .map { "\($0.key)=\"\(escapedValue($0.value))\"" }
    .joined(separator: ",")
  }

  /// One sample's line.
  static func line(_ name: String, _ labels: String, _ value: String) -> String {
    labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
  }

  /// A number as Prometheus reads it.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  static func escapedHelp(_ text: String) -> String {
    text.replacing("\\", with: #"\\"#).replacing("\n", with: #"\n"#)
  }

  private static func escapedValue(_ text: String) -> String {
    escapedHelp(text).replacing("\"", with: #"\""#)
  }
}
