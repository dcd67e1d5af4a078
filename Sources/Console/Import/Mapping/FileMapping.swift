internal import JSON

/// What one CSV file holds and which of its columns mean what.
struct FileMapping: Sendable, Equatable {
  var file: String
  var kind: ImportKind
  var delimiter: Character = ","
  var members: [String: MemberRule] = [:]
  /// Custom fields by key.
  var fields: [String: MemberRule] = [:]
  /// What texts in the stage column mean.
  var stages: [String: StageRule] = [:]
  /// The column that names the lead of the team in `team`; those become people too.
  var lead: String?
  /// Whether the file only mentions these things, as one of deals does its clients: each comes once, as
  /// long as it is not there already, and empty cells name none.
  var isMentioned = false

  init(file: String, kind: ImportKind) {
    self.file = file
    self.kind = kind
  }

  /// All columns that are read.
  var columns: Set<String> {
    var columns = Set((Array(members.values) + Array(fields.values)).flatMap(\.columns))
    if let lead { columns.insert(lead) }
    return columns
  }

  init(_ json: JSON) throws {
    guard let object = json.object, let file = object["file"]?.string else {
      throw ConsoleFailure.usage("Mapping: each of files is an object with a file.")
    }
    guard let kind = object["kind"]?.string.flatMap(ImportKind.init) else {
      let all = ImportKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ConsoleFailure.usage("Mapping: \(file) needs a kind, one of \(all).")
    }
    try MappingCheck.members(
      of: object,
      are: ["file", "kind", "mentioned", "delimiter", "members", "fields", "stages", "lead"],
      place: file)
    self.init(file: file, kind: kind)
    if let text = object["delimiter"]?.string {
      guard let only = text.first, text.count == 1, only.isASCII else {
        throw ConsoleFailure.usage("Mapping: \(file) has a delimiter that is not one character.")
      }
      delimiter = only
    }
    let members = object["members"]?.object ?? JSONObject()
    try MappingCheck.members(of: members, are: kind.members, place: "\(file), members")
    for member in members.members {
      self.members[member.name] = try MemberRule(member.value, place: "\(file), \(member.name)")
    }
    for required in kind.requiredMembers where self.members[required] == nil {
      throw ConsoleFailure.usage("Mapping: \(file) says nothing of \(required), which must be.")
    }
    for member in object["fields"]?.object?.members ?? [] {
      fields[member.name] = try MemberRule(member.value, place: "\(file), field \(member.name)")
    }
    for member in object["stages"]?.object?.members ?? [] {
      stages[member.name] = try StageRule(member.value, place: "\(file), stage \(member.name)")
    }
    lead = object["lead"]?.string
    guard let mentioned = (object["mentioned"] ?? false).bool else {
      throw ConsoleFailure.usage("Mapping: \(file) has a mentioned that is not true or false.")
    }
    guard !mentioned || kind.canBeMentioned else {
      throw ConsoleFailure.usage("Mapping: \(file): \(kind.plural) can't be only mentioned.")
    }
    isMentioned = mentioned
  }

  var json: JSON {
    var object: JSONObject = ["file": .string(file), "kind": .string(kind.rawValue)]
    if isMentioned { object["mentioned"] = true }
    if delimiter != "," { object["delimiter"] = .string(String(delimiter)) }
    object["members"] = .object(
      JSONObject(kind.members.compactMap { name in members[name].map { (name, $0.json) } }))
    if let lead { object["lead"] = .string(lead) }
    if !fields.isEmpty {
      object["fields"] = .object(
        JSONObject(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
    if !stages.isEmpty {
      object["stages"] = .object(
        JSONObject(stages.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
    return .object(object)
  }
}
