internal import CLibPQ

/// The result of one statement: its rows, or the number of rows it touched.
///
/// `@unchecked Sendable`: wraps a `PGresult`, which is complete when this is made and never changed
/// after; libpq's accessors only read it, from any thread. It is freed with the last reference.
public final class Rows: @unchecked Sendable {
  let result: OpaquePointer
  /// How many rows came back.
  public let count: Int
  /// How many columns a row has.
  public let columnCount: Int

  /// Takes the result over.
  init(_ result: OpaquePointer) {
    self.result = result
    count = Int(PQntuples(result))
    columnCount = Int(PQnfields(result))
  }

  deinit {
    PQclear(result)
  }

  /// How many rows the statement returned or changed, as its command tag says; 0 where it has none.
  public var affected: Int {
    // The result must outlive the pointer into it.
    withExtendedLifetime(self) {
      guard let text = PQcmdTuples(result) else { return 0 }
      return Int(String(cString: text)) ?? 0
    }
  }

  /// A column's name. Columns are read by number; names are for display.
  public func columnName(_ column: Int) -> String {
    precondition(column >= 0 && column < columnCount, "no such column")
    return withExtendedLifetime(self) {
      guard let name = PQfname(result, Int32(column)) else { return "" }
      return String(cString: name)
    }
  }
}

extension Rows: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }

  /// The number of rows.
  public var endIndex: Int { count }

  /// One row, from 0.
  public subscript(row: Int) -> Row {
    precondition(row >= 0 && row < count, "no such row")
    return Row(rows: self, index: Int32(row))
  }
}
