extension PipelineTemplate {
  /// The universal funnel, exactly as S0 tells it. Presentations are held only where the product needs
  /// one, so nothing but the closing itself demands anything.
  static let universal = PipelineTemplate(
    "universal", source: "S0", LocalizedText("Универсальная", "Universal"),
    purpose: LocalizedText(
      "Этапы, приблизительно одинаковые для любого бизнеса, который продаёт товары или услуги.",
      "Stages that are much the same in any business that sells goods or services."),
    fields: [
      FieldTemplate(
        "presentation_at", LocalizedText("Дата презентации", "Presentation date"), .datetime)
    ],
    reasons: .standard,
    stages: [
      .open(
        "new", LocalizedText("Новая", "New"), .process, within: .days(1),
        hint: LocalizedText(
          "Позвоните клиенту. После разговора поставьте задачу на следующий шаг, запишите результат в "
            + "примечание и укажите статус последнего общения. Нужна презентация — поставьте её дату.",
          "Call the client. After the talk plan the next step, write down the result as a note and set "
            + "the last-contact status. If a presentation is needed, set its date.")),
      .open(
        "no_contact", LocalizedText("Нет контакта", "No contact"), .process, within: .days(3),
        hint: LocalizedText(
          "Клиент не поднял трубку или не может говорить. Нажмите «Недозвон» или «Перезвонить»: задача "
            + "поставится сама, попробуйте снова через несколько часов.",
          "The client did not answer or can't talk. Use \"missed call\" or \"call back\": the activity "
            + "is planned for you; try again in a few hours.")),
      .open(
        "thinking", LocalizedText("Думает", "Thinking"), .process, within: .days(14),
        reopensHere: true,
        hint: LocalizedText(
          "Получите обратную связь, поставьте следующий шаг, укажите статус последнего общения. Не "
            + "дозвонились — этап не меняйте, поставьте «Недозвон» или «Перезвонить».",
          "Get an answer, plan the next step, set the last-contact status. If the call is missed, leave "
            + "the stage as it is and use \"missed call\" or \"call back\".")),
      .open(
        "presentation_held", LocalizedText("Презентация проведена", "Presentation held"),
        .conversion, isKey: true, within: .days(7),
        hint: LocalizedText(
          "Запишите, что заинтересовало клиента. Отправьте письмо с особыми предложениями и условиями, "
            + "коммерческое предложение; лояльному клиенту — договор.",
          "Write down what interested the client. Send a message with special offers and terms, a "
            + "quotation and, to a loyal client, the contract.")),
      .open(
        "repeat_presentation_held",
        LocalizedText("Проведена повторная презентация", "Repeat presentation held"), .conversion,
        within: .days(7),
        hint: LocalizedText(
          "Отработайте возражения и вопросы. Отправьте коммерческое предложение, договор и, по "
            + "ситуации, счёт на оплату.",
          "Work through objections and questions. Send a quotation, the contract and, where it fits, "
            + "the invoice.")),
      .open(
        "closing", LocalizedText("Закрытие", "Closing"), .process, within: .days(14),
        hint: LocalizedText(
          "Клиент согласен. Свяжитесь, чтобы окончательно закрыть сделку: итоговое предложение, "
            + "договор, счёт на оплату, акты выполненных работ.",
          "The client agrees. Get in touch to close for good: final quotation, contract, invoice, "
            + "certificates of completion.")),
      .won("won", LocalizedText("Успешная сделка", "Won"), hint: ClosingHints.won),
      .lost("refused", LocalizedText("Отказ", "Refused"), hint: ClosingHints.lost),
      .lost(
        "vanished", LocalizedText("Пропал", "Vanished"),
        hint: LocalizedText(
          "Клиент по регламенту компании долго не выходит на связь. Запишите, когда и как с ним "
            + "пытались связаться.",
          "By the company's rules the client has been out of reach for too long. Write down when and "
            + "how you tried to reach them.")),
    ])
}
