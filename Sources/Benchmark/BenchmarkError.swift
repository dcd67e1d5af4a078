/// Why a benchmark can't be run or its figures would not be true, in words for whoever runs it.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
