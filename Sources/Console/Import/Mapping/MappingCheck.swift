internal import JSON

/// Complaints about mapping files, so that a misspelt member is not simply without effect.
enum MappingCheck {
  static func members(of object: JSONObject, are known: [String], place: String) throws {
    for member in object.members where !known.contains(member.name) {
      throw ConsoleFailure.usage(
        "Mapping: \(place) has a member \"\(member.name)\"; known are "
          + known.joined(separator: ", ") + ".")
    }
  }
}
