/// One line, or one histogram's lines, of the output.
protocol PrometheusSample: AnyObject, Sendable {
  /// Adds the lines. `labels` is what stands between the braces, or empty.
  func write(name: String, labels: String, to text: inout String)
}
