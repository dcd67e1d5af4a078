/// A status of the last contact that a template proposes for the company's list.
public struct ContactStatusTemplate: Hashable, Sendable {
  /// What it says.
  public let meaning: ContactMeaning
  /// What it is called.
  public let name: LocalizedText

  init(_ meaning: ContactMeaning, _ name: LocalizedText) {
    self.meaning = meaning
    self.name = name
  }

  /// The status in this language.
  public func localized(_ language: Language) -> LocalizedContactStatus {
    LocalizedContactStatus(meaning: meaning, name: name[language])
  }
}

/// A status of the last contact that a template proposes, in one language.
public struct LocalizedContactStatus: Hashable, Sendable {
  /// What it says.
  public let meaning: ContactMeaning
  /// What it is called.
  public let name: String
}

extension [ContactStatusTemplate] {
  /// The list that S0's story needs, in its words: a missed call, a call wanted later, an answer, thinking,
  /// questions and doubts, agreement, refusal, a client who vanished.
  public static let standard: [ContactStatusTemplate] = [
    ContactStatusTemplate(.missed, LocalizedText("Недозвон", "Missed call")),
    ContactStatusTemplate(.callBack, LocalizedText("Перезвонить", "Call back")),
    ContactStatusTemplate(.other, LocalizedText("Получена обратная связь", "Gave an answer")),
    ContactStatusTemplate(.thinking, LocalizedText("Думает", "Thinking")),
    ContactStatusTemplate(
      .other, LocalizedText("Сомневается, есть вопросы", "Doubts, has questions")),
    ContactStatusTemplate(.agreed, LocalizedText("Согласен", "Agrees")),
    ContactStatusTemplate(.refused, LocalizedText("Отказался", "Refuses")),
    ContactStatusTemplate(.vanished, LocalizedText("Пропал", "Vanished")),
  ]
}

extension PipelineTemplate {
  /// The last-contact statuses that it proposes: in every pipeline clients are talked to.
  public var contactStatuses: [ContactStatusTemplate] { .standard }
}

extension TenantTemplate {
  /// The company's list of last-contact statuses: a company that begins with nothing begins without them.
  public var contactStatuses: [ContactStatusTemplate] { reasons.isEmpty ? [] : .standard }
}
