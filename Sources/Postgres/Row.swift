internal import CLibPQ

/// One row of a result; its columns are read by number, from 0.
///
/// Typed reads throw a `PostgresError` of kind `decoding` on NULL, on text that is not of the type,
/// and on a column that is not there; the error names the column, never the value.
public struct Row: Sendable {
  let rows: Rows
  let index: Int32

  /// Whether the value is NULL.
  public func isNull(_ column: Int) -> Bool {
    precondition(column >= 0 && column < rows.columnCount, "no such column")
    return withExtendedLifetime(rows) { PQgetisnull(rows.result, index, Int32(column)) == 1 }
  }

  /// Calls the body with the value's text as it lies in the result, without a copy; NULL is empty.
  public func withBytes<Result>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(column >= 0 && column < rows.columnCount, "no such column")
    // The result must outlive the pointer into it.
    return try withExtendedLifetime(rows) {
      let length = Int(PQgetlength(rows.result, index, Int32(column)))
      let start = PQgetvalue(rows.result, index, Int32(column))
      return try body(UnsafeRawBufferPointer(start: start, count: length))
    }
  }

  /// Calls the body with the value's text as it lies in the result, without a copy; nil for NULL.
  ///
  /// Not generic, so that who writes many values pays for no type that is known at run time only.
  public func withText(_ column: Int, _ body: (UnsafeRawBufferPointer?) -> Void) {
    precondition(column >= 0 && column < rows.columnCount, "no such column")
    // The result must outlive the pointer into it.
    withExtendedLifetime(rows) {
      let length = Int(PQgetlength(rows.result, index, Int32(column)))
      // Where the length is 0 the value may be NULL.
      guard length > 0 || PQgetisnull(rows.result, index, Int32(column)) == 0 else {
        return body(nil)
      }
      body(
        UnsafeRawBufferPointer(
          start: PQgetvalue(rows.result, index, Int32(column)), count: length))
    }
  }

  /// Whether there is a value; throws where there is no such column.
  func hasValue(_ column: Int) throws(PostgresError) -> Bool {
    guard column >= 0 && column < rows.columnCount else {
      throw PostgresError(
        .decoding, message: "column \(column) of \(rows.columnCount) does not exist")
    }
    return !isNull(column)
  }

  /// Decodes the value's text; throws where there is none or the body finds it wrong.
  func decoded<Value>(
    _ column: Int, as type: String, _ body: (UnsafeRawBufferPointer) -> Value?
  ) throws(PostgresError) -> Value {
    guard try hasValue(column) else {
      throw PostgresError(
        .decoding, message: "column \(column) (\(rows.columnName(column))) is NULL, not \(type)")
    }
    guard let value = withBytes(column, body) else {
      throw PostgresError(
        .decoding, message: "column \(column) (\(rows.columnName(column))) is not \(type)")
    }
    return value
  }
}
