internal import Postgres

/// Transactions of a method as they were seen, for pgbench: the very statements with the very parameters, with
/// BEGIN and COMMIT and one round trip a statement.
struct RecordedScript {
  /// Values as pgbench's variables, since texts with colons can stand nowhere else; each is kept once.
  struct Variables {
    private var names: [String: String] = [:]

    /// `name=value`.
    var all: [String] { names.map { "\($0.value)=\($0.key)" }.sorted() }

    /// How a script calls a value.
    mutating func reference(to value: String) -> String {
      let name = names[value] ?? "value_\(names.count)"
      names[value] = name
      return ":" + name
    }
  }

  /// The script.
  let text: String

  init(_ transactions: [[BoundStatement]], _ variables: inout Variables) {
    var text = ""
    for statements in transactions {
      text += ReferenceStatements.begin + "\n"
      for statement in statements {
        let values = statement.values.map { $0.map { variables.reference(to: $0) } }
        text += ReferenceScript.text(statement.statement, values) + ";\n"
      }
      text += ReferenceStatements.commit + "\n"
    }
    self.text = text
  }
}
