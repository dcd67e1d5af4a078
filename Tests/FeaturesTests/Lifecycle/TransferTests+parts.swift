internal import JSON
internal import TestSupport

/// The parts in which a file is brought in.
extension TransferTests {
  func rows(_ id: Int64, _ line: Int, _ lines: some Sequence<String>) -> JSONObject {
    [
      "rows": [
        "import": .integer(id), "line": .integer(line),
        "lines": .array(lines.map { .string($0) }),
      ]
    ]
  }

  func finish(_ id: Int64, _ trailer: String) -> JSONObject {
    [
      "finish": [
        "import": .integer(id), "trailer": .string(trailer),
        "password": .string(TestCompany.password),
      ]
    ]
  }
}
