/// A program to start: nothing of this process leaks into it but what stands here.
package struct ChildCommand: Sendable {
  /// The program's path and its arguments.
  let words: [String]
  /// What it reads on standard input; at most some kilobytes.
  var input = ""
  /// The file that takes standard output and error; nil collects them into `ChildProcess.output`.
  var logFile: String?
  /// An open descriptor that takes standard output; standard error goes its usual way.
  var outputDescriptor: Int32?
  /// Environment variables, `NAME=value`, besides those that every child gets.
  var variables: [String]

  package init(
    _ words: [String], input: String = "", logFile: String? = nil,
    outputDescriptor: Int32? = nil, variables: [String] = []
  ) {
    self.words = words
    self.input = input
    self.logFile = logFile
    self.outputDescriptor = outputDescriptor
    self.variables = variables
  }

  /// PostgreSQL programs speak English, in UTF-8, and see no `PG…` variable of whoever started us.
  static let environment = [
    "LC_ALL=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TZ=UTC",
  ]
}
