internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Checks the values that a request gives to the company's own fields, and brings them into the one form
/// in which they are kept.
///
/// Kept are: texts as given; numbers as written; money as `{"amount": "1200.50", "currency": "RUB"}`;
/// days as `YYYY-MM-DD`; moments in UTC; phone numbers as E.164, an extension behind `;ext=`; e-mail
/// addresses with the domain in small letters; several choices in the order of the field's options; people
/// as their ids.
enum FieldValues {
  /// The longest text.
  private static let longestText = 10_000
  /// The most digits and signs of a number.
  private static let longestNumber = 40

  /// The values in their kept form, in the order given, nil for one that is to be cleared; or everything
  /// that is wrong with them, each with its path from `fields` on.
  ///
  /// A value is given to fields of one of the pipelines, where these are named; taken away it is from any.
  ///
  /// Money is in the company's currency, as amounts are: sums and comparisons mean nothing otherwise.
  ///
  /// Whether a person of a `user` field exists only the database knows: see `requirePeople`.
  static func check(
    _ object: JSONObject, kind: CardKind, fields: [Field], pipelines: [Int64]? = nil,
    home: HomeCountry, currency: String
  ) -> Result<[(key: String, value: JSON?)], FieldProblems> {
    let known = fields.filter { $0.cardKind == kind }
    let usable = known.filter { field in pipelines?.contains(where: field.isOf) ?? true }
    var values: [(key: String, value: JSON?)] = []
    var problems: [FieldProblem] = []
    for member in object.members {
      guard let field = known.first(where: { $0.key == member.name }) else {
        problems.append(unknown(member.name, kind, usable))
        continue
      }
      guard !member.value.isNull else {
        values.append((field.key, nil))
        continue
      }
      if !usable.contains(field) {
        problems.append(
          FieldProblem(path: field.key, problem: "is no field of this pipeline").within("fields"))
        continue
      }
      switch field.normalised(member.value, home: home, currency: currency) {
      case .success(let value): values.append((field.key, value))
      case .failure(let failure):
        problems += failure.problems.map { $0.within(field.key).within("fields") }
      }
    }
    return problems.isEmpty ? .success(values) : .failure(FieldProblems(problems))
  }

  /// Refuses people whom the caller does not know, of checked values; who stands in a field already may stay.
  static func requirePeople(
    of values: [(key: String, value: JSON?)], besides present: JSONObject, kind: CardKind,
    in call: TenantCall, _ member: String? = nil
  ) async throws {
    let keys = Set(
      call.company.fields.filter { $0.cardKind == kind && $0.type == .user }.map(\.key))
    var problems: [FieldProblem] = []
    for (key, value) in values where keys.contains(key) && value != present[key] {
      guard let id = value?.int64, try await !UserSight.knows(id, call) else { continue }
      let problem = FieldProblem(
        path: "fields.\(key)", problem: "has to be the id of a user of the company")
      problems.append(member.map(problem.within) ?? problem)
    }
    guard problems.isEmpty else { throw RPCError.invalid(problems) }
  }

  private static func unknown(_ key: String, _ kind: CardKind, _ known: [Field]) -> FieldProblem {
    let keys = known.prefix(30).map(\.key).joined(separator: ", ")
    let hint =
      keys.isEmpty
      ? "the company has no fields for \(kind.rawValue)s"
      : "the fields of a \(kind.rawValue) are \(keys)"
    let shown = String(String.UnicodeScalarView(key.unicodeScalars.prefix(64)))
    return FieldProblem(path: shown, problem: "is unknown; \(hint)").within("fields")
  }

  // MARK: - Each type's reading

  static func text(_ json: JSON) -> Result<JSON?, FieldProblems> {
    Member<String>.longText("text", length: 1...longestText, "").decode(json).map { .string($0) }
  }

  static func number(_ json: JSON) -> Result<JSON?, FieldProblems> {
    guard case .number(let number) = json else { return .problem("has to be a number") }
    guard number.text.utf8.count <= longestNumber else {
      return .problem("has to have at most \(longestNumber) digits")
    }
    return .success(json)
  }

  static func money(_ json: JSON, in currency: String) -> Result<JSON?, FieldProblems> {
    CommonMembers.money("money", "").decode(json).flatMap { money in
      guard money.currency == currency else {
        return .failure(
          FieldProblems([
            FieldProblem(path: "currency", problem: "has to be the company's, \(currency)")
          ]))
      }
      return .success(
        ["amount": .string(money.amount.description), "currency": .string(money.currency)])
    }
  }

  static func date(_ json: JSON) -> Result<JSON?, FieldProblems> {
    guard let day = json.string.flatMap({ CalendarDate($0) }) else {
      return .problem("has to be a date, such as 2025-03-01")
    }
    return .success(.string(day.description))
  }

  static func moment(_ json: JSON) -> Result<JSON?, FieldProblems> {
    guard let moment = json.string.flatMap({ Timestamp($0) }) else {
      return .problem("has to be a time with zone, such as 2025-03-01T09:30:00+03:00")
    }
    return .success(.string(moment.description))
  }

  static func choice(_ json: JSON, of options: [String]) -> Result<JSON?, FieldProblems> {
    guard let text = json.string, options.contains(text) else {
      return .problem("has to be one of \(list(options))")
    }
    return .success(json)
  }

  static func choices(_ json: JSON, of options: [String]) -> Result<JSON?, FieldProblems> {
    guard let elements = json.array else {
      return .problem("has to be an array of some of \(list(options))")
    }
    let texts = elements.compactMap(\.string)
    guard texts.count == elements.count, texts.allSatisfy(options.contains) else {
      return .problem("has to have elements out of \(list(options))")
    }
    guard Set(texts).count == texts.count else { return .problem("names an option twice") }
    // Nothing chosen is nothing filled in.
    guard !texts.isEmpty else { return .success(nil) }
    return .success(.array(options.filter(texts.contains).map { .string($0) }))
  }

  static func truth(_ json: JSON) -> Result<JSON?, FieldProblems> {
    json.bool == nil ? .problem("has to be true or false") : .success(json)
  }

  static func phone(_ json: JSON, home: HomeCountry) -> Result<JSON?, FieldProblems> {
    guard let text = json.string, let number = PhoneNumber(text, home: home) else {
      return .problem("has to be \(home.request)")
    }
    return .success(.string(number.e164 + (number.extension.map { ";ext=\($0)" } ?? "")))
  }

  static func email(_ json: JSON) -> Result<JSON?, FieldProblems> {
    guard let text = json.string, let email = EmailAddress(text) else {
      return .problem("has to be an e-mail address, such as anna@mebel.example")
    }
    return .success(.string(email.address))
  }

  static func link(_ json: JSON) -> Result<JSON?, FieldProblems> {
    guard let text = json.string, let link = WebLink(text) else {
      return .problem("has to be a web address, such as https://mebel.example/kitchen")
    }
    return .success(.string(link.text))
  }

  static func person(_ json: JSON) -> Result<JSON?, FieldProblems> {
    guard let id = json.int64, id >= 1 else { return .problem("has to be the id of a user") }
    return .success(json)
  }

  private static func list(_ options: [String]) -> String {
    options.prefix(30).joined(separator: ", ") + (options.count > 30 ? ", …" : "")
  }
}

extension Field {
  /// The value in the form in which it is kept; nil where it says that nothing is filled in.
  fileprivate func normalised(
    _ json: JSON, home: HomeCountry, currency: String
  ) -> Result<JSON?, FieldProblems> {
    switch type {
    case .text: FieldValues.text(json)
    case .number: FieldValues.number(json)
    case .money: FieldValues.money(json, in: currency)
    case .date: FieldValues.date(json)
    case .datetime: FieldValues.moment(json)
    case .choice: FieldValues.choice(json, of: choices)
    case .multiChoice: FieldValues.choices(json, of: choices)
    case .boolean: FieldValues.truth(json)
    case .phone: FieldValues.phone(json, home: home)
    case .email: FieldValues.email(json)
    case .link: FieldValues.link(json)
    case .user: FieldValues.person(json)
    }
  }
}
