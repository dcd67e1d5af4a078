/// Where an answer's rows come from: a method's result, and the lists within it that hold them.
///
/// The server's description of that result fixes the columns of CSV, whatever the rows hold.
struct Origin: Sendable {
  let method: String
  /// The members to follow, each a list of what holds the next; none where the result itself is the row.
  let path: [String]
  /// Columns that the console puts before the server's.
  let leading: [String]

  init(_ method: String, _ path: String..., leading: [String] = []) {
    self.method = method
    self.path = path
    self.leading = leading
  }

  /// The shape of a row; nil where the server does not say.
  func row(in discovery: Discovery) -> Schema? {
    var schema = discovery.method(named: method)?.result
    for name in path {
      schema = schema?.objectMembers.first { $0.name == name }?.schema.element
    }
    return schema
  }
}
