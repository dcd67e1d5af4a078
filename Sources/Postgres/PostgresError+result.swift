internal import CLibPQ

// libpq's names for an error's fields are C characters.
extension PostgresError {
  static let sourceFunctionField = Int32(UInt8(ascii: "R"))
  static let severityField = Int32(UInt8(ascii: "V"))
  private static let stateField = Int32(UInt8(ascii: "C"))
  private static let messageField = Int32(UInt8(ascii: "M"))
  private static let detailField = Int32(UInt8(ascii: "D"))
  private static let schemaField = Int32(UInt8(ascii: "s"))
  private static let tableField = Int32(UInt8(ascii: "t"))
  private static let columnField = Int32(UInt8(ascii: "c"))
  private static let constraintField = Int32(UInt8(ascii: "n"))

  /// The server's error in a result; `nil` if libpq made the result itself, for a broken connection.
  init?(result: OpaquePointer) {
    func field(_ code: Int32) -> String? {
      PQresultErrorField(result, code).map { String(cString: $0) }
    }
    guard let state = field(Self.stateField) else { return nil }
    let fields = ServerFields(
      detail: field(Self.detailField), constraint: field(Self.constraintField),
      table: field(Self.tableField), schema: field(Self.schemaField),
      column: field(Self.columnField), sourceFunction: field(Self.sourceFunctionField),
      isFatal: field(Self.severityField) != "ERROR")
    self.init(
      .server(SQLState(rawValue: state)), message: field(Self.messageField) ?? "", fields: fields)
  }
}
