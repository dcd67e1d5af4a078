extension PipelineTemplate {
  /// Qualification, S1 and S4: answer fast, ask everything, pass on only who will buy.
  static let qualification = PipelineTemplate(
    "qualification", source: "S4", LocalizedText("Квалификация", "Qualification"),
    purpose: LocalizedText(
      "Быстрый приём обращений: цель — квалифицированный клиент, с которым компания готова и хочет "
        + "работать. Доступ к проигранным сделкам можно дать маркетологам.",
      "Fast intake: the aim is a qualified client with whom the company can and wants to work. "
        + "Marketers may be given sight of the lost deals."),
    rules: advised,
    reasons: .standard,
    stages: [
      .open(
        "request_received", LocalizedText("Заявка получена", "Request received"), .conversion,
        within: .hours(2),
        hint: LocalizedText(
          "Ответьте сразу: здесь важнее всего скорость. Представьтесь и спросите, чем помочь.",
          "Answer at once: speed counts most here. Introduce yourself and ask how you can help.")),
      .open(
        "contact_made", LocalizedText("Связались с клиентом", "Contact made"), .conversion,
        within: .days(1),
        hint: LocalizedText(
          "Спросите имя и телефон, что интересует, для себя или для компании, срок и бюджет.",
          "Ask for name and phone, what is wanted, whether for a person or a company, date and "
            + "budget.")),
      .open(
        "need_clear", LocalizedText("Потребность выяснена", "Need understood"), .conversion,
        isKey: true, within: .days(2),
        requires: [FieldRequirement(.name), FieldRequirement(oneOf: .phone, .email)],
        hint: LocalizedText(
          "Решите: станет ли это обращение клиентом с высокой вероятностью? Проверьте бюджет и срок.",
          "Decide: is this request likely to become a client? Check budget and date.")),
      .open(
        "budget_confirmed",
        LocalizedText("Бюджет и срок подтверждены", "Budget and date confirmed"),
        .conversion, within: .days(1),
        hint: LocalizedText(
          "Выберите направление и передайте: запишите всё, что понадобится продавцу.",
          "Choose the direction and pass it on: write down all the seller will need.")),
      .won("qualified", LocalizedText("Квалифицирован", "Qualified"), hint: ClosingHints.passedOn),
      .lost(
        "not_qualified", LocalizedText("Не квалифицирован", "Not qualified"),
        hint: LocalizedText(
          "Выберите причину и запишите, почему заявка не целевая: это прочтут маркетологи.",
          "Choose the reason and write down why the request is not one for us: marketers read it.")),
    ])

  /// Cold calls, S4: out of a whole base, those whom qualified sellers can go on with.
  static let telemarketing = PipelineTemplate(
    "telemarketing", source: "S4", LocalizedText("Телемаркетинг", "Telemarketing"),
    purpose: LocalizedText(
      "Отсеять из всей базы контакты, с которыми дальше смогут работать квалифицированные продавцы.",
      "To find in the whole base those with whom qualified sellers can go on."),
    rules: advised,
    reasons: .standard,
    stages: [
      .open(
        "base", LocalizedText("База заявок", "Base of requests"), .conversion, within: .days(30),
        hint: LocalizedText(
          "Сделки из базы для обзвона. Найдите сайт, телефон и того, кто решает.",
          "Deals from the calling list. Find the site, the phone and the person who decides.")),
      .open(
        "processed", LocalizedText("Обработали", "Processed"), .conversion, within: .days(7),
        hint: LocalizedText(
          "База обогащена: звоните. Записывайте звонки, они нужны для анализа и контроля.",
          "The base is enriched: call. Record the calls: they are needed for analysis and control."),
      ),
      .open(
        "feedback", LocalizedText("Получили обратную связь", "Got an answer"), .conversion,
        within: .days(7),
        hint: LocalizedText(
          "Вышли на секретаря или ЛПР. Спросите, насколько продукт интересен, от 1 до 10; можно ли "
            + "прислать итоги в мессенджер. 9–10 — переключите на продавца сразу.",
          "You reached a secretary or the person who decides. Ask how interesting the product is, 1 to "
            + "10, and whether you may send a summary by messenger. 9 or 10: put them through at once."
        )),
      .open(
        "call_agreed",
        LocalizedText("Согласовали созвон/демонстрацию", "Call or demonstration agreed"),
        .conversion,
        isKey: true, within: .days(7), requires: [FieldRequirement(oneOf: .phone, .email)],
        hint: LocalizedText(
          "Запишите дату и участников, напомните накануне. Если первую встречу ведёт продавец, закройте "
            + "сделку как успешную.",
          "Write down date and participants, remind them the day before. If a seller holds the first "
            + "meeting, close the deal as won.")),
      .open(
        "call_held", LocalizedText("Провели созвон/демонстрацию", "Call or demonstration held"),
        .conversion, within: .days(2),
        hint: LocalizedText(
          "Клиенту интересно — закройте как успешную, копия появится у опытных продавцов.",
          "If the client is interested, close as won: a copy goes to the experienced sellers.")),
      .won("done", realised, hint: ClosingHints.passedOn),
      .lost(
        "not_done", LocalizedText("Закрыто и не реализовано", "Closed without result"),
        hint: ClosingHints.lost),
    ])
}
