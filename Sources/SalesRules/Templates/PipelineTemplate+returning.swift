/// Clients who come back: not ready yet, buying again, refused once, buying later (S0, S3, S4).
extension PipelineTemplate {
  /// Warming those who are not ready to buy, without people.
  static let nurturing = PipelineTemplate(
    "nurturing", source: "S4", LocalizedText("Утепление", "Nurturing"),
    purpose: LocalizedText(
      "Клиенты, которые пока не готовы покупать, но перспективны. Сюда переходят только сделки из "
        + "«Продаж»; холодные и тёплые сделки не мешают.",
      "Clients who are not ready to buy yet but may be. Only deals from Sales come here: cold and "
        + "warm ones are not mixed."),
    rules: advised,
    reasons: .standard + [
      ReasonTemplate(.loss, LocalizedText("Отписался от рассылки", "Opted out of messages"))
    ],
    stages: [
      .open(
        "new", LocalizedText("Новая сделка для утепления", "New deal to nurture"), .conversion,
        within: .days(90),
        hint: LocalizedText(
          "Клиент получает письма, сообщения и рекламу сам, с возможностью отписаться.",
          "The client gets letters, messages and advertising by themselves, and may opt out.")),
      .open(
        "nurtured", LocalizedText("Сделка утеплялась 90 дней", "Nurtured for 90 days"), .conversion,
        within: .days(30), requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Подготовьте специальные условия: этап последней надежды впереди.",
          "Prepare special terms: the stage of the last hope is next.")),
      .open(
        "special_terms", LocalizedText("Предложили специальные условия", "Special terms offered"),
        .conversion, isKey: true, within: .days(14),
        requires: [FieldRequirement(oneOf: .phone, .email)],
        hint: LocalizedText(
          "Позвоните и голосом предложите особые условия, например скидку на первый заказ.",
          "Call and offer the special terms by voice, a discount on the first order for one.")),
      .won(
        "back", realised,
        hint: LocalizedText(
          "Клиент согласен возобновить работу: копия сделки создаётся в «Продажах».",
          "The client wants to go on: a copy of the deal begins in Sales.")),
      .lost(
        "no_answer", LocalizedText("Отписался или не ответил", "Opted out or did not answer"),
        hint: ClosingHints.lost),
    ])

  /// Those who buy again and again.
  static let regularCustomers = PipelineTemplate(
    "regular_customers", source: "S4",
    LocalizedText("Работа с постоянными клиентами", "Regular customers"),
    purpose: LocalizedText(
      "Клиенты, которым регулярно оказывают услугу: процесс цикличен.",
      "Clients who are served regularly: the process is a cycle."),
    reasons: .standard,
    stages: [
      .open(
        "bought_lately", LocalizedText("Недавно купили", "Bought lately"), .process,
        within: .days(60),
        hint: LocalizedText(
          "Поблагодарите, убедитесь, что всё в порядке, и узнайте срок следующей покупки.",
          "Say thanks, make sure that all is well, and find out when they will buy next.")),
      .open(
        "thirty_days_left", LocalizedText("До покупки 30 дней", "30 days to the purchase"),
        .process, within: .days(23), requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Клиенту уходит напоминание о покупке. Проверьте, что изменилось в его потребности.",
          "The client is reminded of the purchase. Check what has changed in the need.")),
      .open(
        "seven_days_left", LocalizedText("До покупки 7 дней", "7 days to the purchase"), .process,
        isKey: true, within: .days(14), requires: [FieldRequirement(.amount)],
        hint: LocalizedText(
          "Свяжитесь заранее, обговорите следующий платёж, отправьте счёт.",
          "Get in touch ahead of time, talk over the next payment, send the invoice.")),
      .won(
        "bought", LocalizedText("Купили", "Bought"),
        hint: LocalizedText(
          "Платёж получен: новая сделка этого клиента начинается в «Недавно купили».",
          "Paid: a new deal of this client begins in \"Bought lately\".")),
      .lost(
        "stopped", LocalizedText("Перестали покупать", "Stopped buying"), hint: ClosingHints.lost),
    ])

  /// Those who refused: S3 lets a seller or a trainee call after a week or a month.
  static let refusals = PipelineTemplate(
    "refusals", source: "S4", LocalizedText("Работа с «отказниками»", "Refusals"),
    purpose: LocalizedText(
      "Если клиент не выбрал вас один раз, это не значит, что так будет всегда. Берут свободные "
        + "менеджеры или стажёры.",
      "Who did not choose you once may do so another time. Taken by sellers with time to spare, or "
        + "trainees."),
    rules: advised,
    fields: [
      FieldTemplate(
        "next_purchase_on",
        LocalizedText("Примерная дата следующей покупки", "Next purchase, about"),
        .date)
    ],
    reasons: .standard,
    stages: [
      .open(
        "did_not_buy", LocalizedText("Клиент у нас не купил", "Client did not buy from us"),
        .conversion, within: .days(30),
        hint: LocalizedText(
          "Прочтите причину отказа. Через неделю или месяц позвоните; прикиньте дату следующей покупки.",
          "Read the reason of the refusal. Call after a week or a month; guess when they will buy "
            + "next.")),
      .open(
        "offer_sent",
        LocalizedText(
          "Отправили клиенту предложение о следующей покупке", "Offer for the next purchase sent"),
        .conversion, within: .days(30),
        requires: [
          FieldRequirement(oneOf: .contact, .company),
          FieldRequirement(proposed: "next_purchase_on"),
        ],
        hint: LocalizedText(
          "Клиент получает рассылку. Не тратьте на этап много времени: ждите ответа.",
          "The client gets messages. Do not spend much time here: wait for an answer.")),
      .open(
        "agreed", LocalizedText("Клиент ответил согласием", "Client agreed"), .conversion,
        isKey: true, within: .days(3),
        hint: LocalizedText(
          "Закройте как успешную: сделка со всеми примечаниями создаётся в «Продажах».",
          "Close as won: a deal with all notes begins in Sales.")),
      .won("done", realised, hint: ClosingHints.passedOn),
      .lost(
        "final_refusal", LocalizedText("Окончательный отказ", "Final refusal"),
        hint: ClosingHints.lost),
    ])

  /// S3: the client is the right one and sure to buy, but in two months.
  static let prospects = PipelineTemplate(
    "prospects", source: "S3", LocalizedText("Перспектива", "Prospects"),
    purpose: LocalizedText(
      "Целевой клиент точно купит, но готов вернуться к разговору позже: в основной воронке он портит "
        + "статистику длины сделки, в отказах потеряется.",
      "The right client is sure to buy, but wants to talk later: in the main pipeline this would spoil "
        + "the figures of time, among the refusals it would be lost."),
    fields: [
      FieldTemplate("return_on", LocalizedText("Дата возвращения", "Return on"), .date)
    ],
    reasons: .standard,
    stages: [
      .open(
        "waiting", LocalizedText("Ждём срока", "Waiting for the date"), .process, within: .days(90),
        requires: [FieldRequirement(proposed: "return_on")],
        hint: LocalizedText(
          "Запишите, когда клиент готов вернуться к разговору, и поставьте задачу на эту дату.",
          "Write down when the client wants to talk again, and plan an activity for that date.")),
      .open(
        "date_came", LocalizedText("Срок подошёл", "The date has come"), .process, within: .days(3),
        requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Позвоните. Напомните, о чём договорились, и узнайте, что изменилось.",
          "Call. Remind them of what was agreed and find out what has changed.")),
      .open(
        "talking_again", LocalizedText("Разговор возобновлён", "Talking again"), .process,
        isKey: true, within: .days(7),
        hint: LocalizedText(
          "Уточните бюджет и срок; готов — закройте как успешную, перенёс — верните дату.",
          "Check budget and date; ready: close as won; put off again: set a new date.")),
      .won(
        "back", LocalizedText("Вернулся в продажи", "Back in sales"), hint: ClosingHints.passedOn),
      .lost(
        "gave_up", LocalizedText("Передумал покупать", "Changed their mind"),
        hint: ClosingHints.lost),
    ])

  /// S0: after a deal, until the client is likely to buy again.
  static let onHold = PipelineTemplate(
    "on_hold", source: "S0", LocalizedText("В ожидании", "On hold"),
    purpose: LocalizedText(
      "После закрытия сделки клиент может купить повторно: так не теряется ни он, ни история общения.",
      "After a deal the client may buy again: this way neither they nor the history are lost."),
    fields: [
      FieldTemplate(
        "expected_on", LocalizedText("Предположительный срок обращения", "Expected again on"), .date
      )
    ],
    reasons: .standard,
    stages: [
      .open(
        "waiting", LocalizedText("Ждём повторной покупки", "Waiting for the next purchase"),
        .process, within: .days(365), requires: [FieldRequirement(proposed: "expected_on")],
        hint: LocalizedText(
          "Запишите предположительный срок повторного обращения и чем клиент может заинтересоваться.",
          "Write down when the client may come again and what may interest them.")),
      .open(
        "time_near", LocalizedText("Срок обращения подходит", "The time is near"), .process,
        isKey: true, within: .days(14), requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Свяжитесь, напомните о себе, предложите то, что подходит к прошлой покупке.",
          "Get in touch, remind them of you, offer what goes with the last purchase.")),
      .won(
        "came_again", LocalizedText("Обратился повторно", "Came again"), hint: ClosingHints.passedOn
      ),
      .lost(
        "not_interested", LocalizedText("Не заинтересован", "Not interested"),
        hint: ClosingHints.lost),
    ])
}
