/// Pipelines for leads: a company has exactly one (S0).
extension PipelineTemplate {
  /// The lead pipeline that every company begins with.
  static let leads = PipelineTemplate(
    "leads", .lead, source: "S0", LocalizedText("Заявки", "Leads"),
    purpose: LocalizedText(
      "Запрос и валидация клиента: будем работать с ним или нет? Заявка завершается сделкой или "
        + "проигрышем.",
      "A request to be examined: will we work with this client or not? It ends in a deal or is lost."
    ),
    reasons: .standard,
    stages: [
      .open(
        "new", LocalizedText("Новая", "New"), .process, within: .hours(2),
        hint: LocalizedText(
          "Ответьте сразу: показатель первой линии — скорость ответа.",
          "Answer at once: the first line is measured by its speed.")),
      .open(
        "in_work", LocalizedText("Уточняем запрос", "Finding out the need"), .process,
        within: .days(2),
        hint: LocalizedText(
          "Узнайте имя и телефон, что интересует клиента, частное лицо он или компания, срок и бюджет.",
          "Ask for name and phone, what is wanted, whether for a person or a company, date and "
            + "budget.")),
      .open(
        "deciding", LocalizedText("Принимаем решение", "Deciding"), .process, isKey: true,
        within: .days(1),
        hint: LocalizedText(
          "Передавайте дальше только тех, кто с высокой вероятностью станет клиентом.",
          "Pass on only those who are likely to become clients.")),
      .won(
        "converted", LocalizedText("Завершена сделкой", "Converted"), hint: ClosingHints.converted),
      .lost("lost", LocalizedText("Проиграна", "Lost"), hint: ClosingHints.lost),
    ])

  /// S1: the first line qualifies, and one move to a transfer stage passes the lead on.
  static let firstLine = PipelineTemplate(
    "first_line", .lead, source: "S1", LocalizedText("Первая линия", "First line"),
    purpose: LocalizedText(
      "Первая линия быстро принимает обращения, задаёт обязательные вопросы и одним переводом на этап "
        + "передаёт клиента продавцам нужного направления.",
      "The first line answers fast, asks what must be asked, and with one move passes the client on to "
        + "the sellers of the right direction."),
    reasons: .standard,
    stages: [
      .open(
        "new", LocalizedText("Новая", "New"), .process, within: .hours(1),
        hint: LocalizedText(
          "Ответьте сразу. Заявка помечена повторной — она в приоритете: вероятность сделки выше.",
          "Answer at once. A repeat lead has priority: a deal is more likely.")),
      .open(
        "qualifying", LocalizedText("Квалификация", "Qualifying"), .process, isKey: true,
        within: .days(1),
        hint: LocalizedText(
          "Спросите имя и телефон, чем интересуется, частное лицо или компания. Нетипичный вопрос — "
            + "позовите старшего продавца.",
          "Ask for name and phone, what is wanted, whether for a person or a company. If the question "
            + "is an unusual one, ask a senior seller.")),
      transfer(
        "to_general", LocalizedText("Передать - общее", "To general"), "general",
        LocalizedText(
          "Клиент по товарам: сделка создаётся в общей воронке, ваша работа закончена.",
          "A client for goods: a deal begins in the general pipeline, your work is done.")),
      transfer(
        "to_services", LocalizedText("Передать - услуги", "To services"), "services",
        LocalizedText(
          "Клиент на услуги: сделка создаётся в воронке услуг, ваша работа закончена.",
          "A client for services: a deal begins in the services pipeline, your work is done.")),
      transfer(
        "second_chance", LocalizedText("Второй шанс", "Second chance"), "second_chance",
        LocalizedText(
          "Клиент попросил связаться позже: запишите, когда.",
          "The client asked to be contacted later: write down when.")),
      .won(
        "converted", LocalizedText("Завершена сделкой", "Converted"), requires: askedFirst,
        hint: ClosingHints.converted),
      .lost("lost", LocalizedText("Проиграна", "Lost"), hint: ClosingHints.lost),
    ])

  /// S1: "phone and name, for example, matter for finishing a lead and passing it on".
  private static let askedFirst = [
    FieldRequirement(.name), FieldRequirement(oneOf: .phone, .email),
  ]

  private static func transfer(
    _ code: String, _ name: LocalizedText, _ direction: String, _ hint: LocalizedText
  ) -> StageTemplate {
    .open(
      code, name, .process, within: .days(1), requires: askedFirst, transfersTo: direction,
      hint: hint)
  }
}
