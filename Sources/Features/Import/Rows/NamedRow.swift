internal import JSON
internal import SalesRules

/// A company's row.
struct CompanyRow {
  static let members = ["external_id", "name", "fields"]

  let externalID: String
  let name: String
  /// What else is known of it, texts by key, as JSON.
  let fields: RawJSON

  init(_ row: ImportRow) throws(RowRejection) {
    var (id, name, fields) = (String?.none, String?.none, JSONObject())
    for member in row.members.members {
      switch member.name {
      case "external_id": id = try ImportRow.text(member.value, "external_id")
      case "name": name = try ImportRow.text(member.value, "name")
      case "fields": fields = try Self.fields(member.value)
      case "line", "if_absent": break
      default: throw ImportRow.unknown(member.name, Self.members)
      }
    }
    externalID = try ImportRow.required(id, "external_id")
    self.name = try ImportRow.required(name, "name")
    self.fields = RawJSON(.object(fields))
  }

  private static func fields(_ json: JSON) throws(RowRejection) -> JSONObject {
    if json.isNull { return [:] }
    guard let object = json.object else { throw RowRejection("fields has to be an object") }
    guard object.count <= 100 else { throw RowRejection("fields has more than 100 members") }
    var fields = JSONObject()
    for member in object.members {
      let key = try ImportRow.text(.string(member.name), "a field's key", length: 63)
      guard let key else { throw RowRejection("a field has no key") }
      let text = try ImportRow.text(member.value, "the field \(key)", length: 10_000, lines: true)
      if let text { fields[key] = .string(text) }
    }
    return fields
  }
}

/// A product's row.
struct ProductRow {
  static let members = ["external_id", "name", "price"]

  let externalID: String
  let name: String
  let price: MoneyAmount?

  init(_ row: ImportRow) throws(RowRejection) {
    var (id, name, price) = (String?.none, String?.none, MoneyAmount?.none)
    for member in row.members.members {
      switch member.name {
      case "external_id": id = try ImportRow.text(member.value, "external_id")
      case "name": name = try ImportRow.text(member.value, "name")
      case "price": price = try Self.amount(member.value, "price")
      case "line", "if_absent": break
      default: throw ImportRow.unknown(member.name, Self.members)
      }
    }
    externalID = try ImportRow.required(id, "external_id")
    self.name = ListName.trimmed(try ImportRow.required(name, "name"))
    self.price = price
  }

  /// An amount in the company's currency.
  static func amount(_ json: JSON, _ name: String) throws(RowRejection) -> MoneyAmount? {
    guard let text = try ImportRow.text(json, name) else { return nil }
    guard let amount = MoneyAmount(text) else {
      throw RowRejection(
        "\(name) \(RowRejection.quoted(text)) is no amount: give a decimal number of at most two "
          + "digits after the point")
    }
    if let problem = amount.problemAsPrice {
      throw RowRejection("\(name) \(RowRejection.quoted(text)) \(problem.message)")
    }
    return amount
  }
}
