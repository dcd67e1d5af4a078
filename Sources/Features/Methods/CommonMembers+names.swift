internal import JSONRPC
internal import SalesRules

extension CommonMembers {
  /// The name of something in a list of the company's own; blanks around it are no part of it.
  static func listName(_ name: String, _ summary: String) -> Member<String> {
    Member<String>.text(name, summary).map { .success(ListName.trimmed($0)) }
  }
}
