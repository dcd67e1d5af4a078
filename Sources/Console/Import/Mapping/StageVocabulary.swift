/// What texts in a stage column usually mean, and in which order stages usually stand.
enum StageVocabulary {
  /// `won` or `lost` for the usual words, else nil.
  static func outcome(_ text: String) -> String? {
    let key = HeaderVocabulary.normalised(text)
    if won.contains(key) { return "won" }
    return lost.contains(key) ? "lost" : nil
  }

  /// Stages from first to last: by words that tell their place, the rest as they came.
  static func ordered(_ stages: [String]) -> [String] {
    let ranked = stages.enumerated().map { index, stage in (rank(stage), index, stage) }
    return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private static func rank(_ stage: String) -> Int {
    let key = HeaderVocabulary.normalised(stage)
    return order.firstIndex { words in words.contains { key.hasPrefix($0) } } ?? order.count / 2
  }

  private static let won: Set<String> = [
    "won", "closedwon", "win", "success", "sold", "выиграна", "выиграно", "успех", "успешно",
    "успешнореализовано", "продано", "оплачено", "сделкасостоялась",
  ]

  private static let lost: Set<String> = [
    "lost", "closedlost", "lose", "failed", "rejected", "проиграна", "проиграно", "отказ",
    "закрытоинереализовано", "провал", "неуспешно",
  ]

  private static let order: [[String]] = [
    ["new", "lead", "inbox", "нов", "заявка"],
    ["prospect", "cold", "первичн", "потенциал"],
    ["qualif", "contact", "discover", "квалиф", "контакт", "дозвон"],
    ["engag", "meeting", "demo", "present", "think", "дума", "встреч", "презент"],
    ["propos", "quot", "offer", "предлож", "кп"],
    ["negot", "review", "переговор", "согласован"],
    ["contract", "commit", "closing", "invoice", "договор", "счет", "счёт", "оплат", "закрыт"],
  ]
}
