/// What the name of a stage or pipeline says of it, in Russian or English.
enum StageNames {
  /// A task and no stage (S4, error 13: "Не дозвонился", "Перезвонить").
  static func isTask(_ name: String) -> Bool {
    let name = folded(name)
    let words = Set(name.split { !$0.isLetter && $0 != "-" }.map(String.init))
    return tasks.contains(where: name.contains) || !words.isDisjoint(with: verbs)
      || imperatives.contains(where: name.hasPrefix)
  }

  /// Qualification, or the first line.
  static func isQualification(_ name: String) -> Bool { holds(name, qualification) }

  /// Nurturing, by whatever name.
  static func isNurturing(_ name: String) -> Bool { holds(name, nurturing) }

  private static let tasks = [
    "недозвон", "не дозвон", "недозвонил", "не взял труб", "не берет труб", "не отвечает",
    "перезвон",
    "call back", "callback", "missed call", "no answer", "not reached", "to call", "follow up",
    "follow-up",
  ]
  /// Infinitives: what somebody has to do, where a stage says what is or has happened.
  private static let verbs: Set = [
    "позвонить", "прозвонить", "напомнить", "написать", "отправить", "выслать", "подготовить",
    "уточнить", "связаться", "назначить", "дожать", "выставить",
  ]
  private static let imperatives = ["send ", "remind ", "prepare ", "write to ", "phone "]
  private static let qualification = [
    "квалиф", "первая линия", "телемаркет", "qualif", "first line", "telemarket",
  ]
  private static let nurturing = [
    "утепл", "вызрев", "прогрев", "маркетинговая", "nurtur", "warm", "marketing funnel",
  ]

  private static func holds(_ name: String, _ parts: [String]) -> Bool {
    let name = folded(name)
    return parts.contains(where: name.contains)
  }

  private static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == "ё" ? "е" : $0 })
  }
}
