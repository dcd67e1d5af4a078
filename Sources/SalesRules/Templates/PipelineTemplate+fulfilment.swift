/// What follows the payment (S4: "пост-продажные воронки").
extension PipelineTemplate {
  /// Making what was sold.
  static let production = PipelineTemplate(
    "production", source: "S4", LocalizedText("Производство", "Production"),
    purpose: LocalizedText(
      "Сделка живёт здесь после оплаты: менеджеру не нужно бегать и спрашивать про статус заказа.",
      "Where a deal lives after the payment: the seller need not run and ask how the order stands."),
    rules: advised,
    reasons: .standard,
    stages: [
      .open(
        "new_order", LocalizedText("Новый заказ на производство", "New order for production"),
        .conversion, within: .days(2),
        hint: LocalizedText(
          "Проверьте состав заказа, размеры и срок; передайте в цех.",
          "Check the contents of the order, sizes and date; hand it to the workshop.")),
      .open(
        "accepted", LocalizedText("Заказ принят в работу", "Order accepted"), .conversion,
        within: .days(30), requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Сообщите клиенту срок готовности. Материалов не хватает — подключите закупщика.",
          "Tell the client when it will be ready. If material is short, bring in the buyer.")),
      .open(
        "made", LocalizedText("Заказ выполнен", "Order made"), .conversion, isKey: true,
        within: .days(3),
        hint: LocalizedText(
          "Проверьте качество и комплектность, отправьте на склад.",
          "Check quality and completeness, send it to the warehouse.")),
      .open(
        "in_warehouse", LocalizedText("Заказ доставлен на склад", "Order in the warehouse"),
        .conversion, within: .days(3),
        hint: LocalizedText(
          "Сообщите клиенту и согласуйте доставку или самовывоз.",
          "Tell the client and agree on delivery or collection.")),
      .won("done", realised, hint: ClosingHints.passedOn),
      .lost(
        "cancelled", LocalizedText("Заказ отменён", "Order cancelled"), hint: ClosingHints.lost),
    ])

  /// Bringing it to the client.
  static let delivery = PipelineTemplate(
    "delivery", source: "S4", LocalizedText("Доставка", "Delivery"),
    purpose: LocalizedText(
      "Физическая доставка заказа и обратная связь после неё.",
      "Bringing the order to the client, and asking afterwards how it was."),
    rules: advised,
    fields: [
      FieldTemplate(
        "shipping", LocalizedText("Способ отгрузки", "Shipping"), .choice,
        choices: [
          LocalizedText("Наша курьерская служба", "Our courier"),
          LocalizedText("Самовывоз", "Collected by the client"),
        ]),
      FieldTemplate(
        "service_score", LocalizedText("Оценка сервиса, 1–10", "Service score, 1 to 10"), .number),
    ],
    reasons: .standard,
    stages: [
      .open(
        "ready_to_ship", LocalizedText("Заказ готов к отгрузке", "Order ready to ship"),
        .conversion, within: .days(3),
        hint: LocalizedText(
          "Спросите, как отгрузить: нашей курьерской службой или клиент приедет сам.",
          "Ask how to ship: by our courier, or the client comes for it.")),
      .open(
        "delivered", LocalizedText("Заказ доставлен клиенту", "Order delivered"), .conversion,
        isKey: true, within: .days(7),
        requires: [
          FieldRequirement(oneOf: .contact, .company), FieldRequirement(proposed: "shipping"),
        ],
        hint: LocalizedText(
          "Попросите оценить сервис. Три из десяти — свяжитесь и выясните, что пошло не так.",
          "Ask for a score of the service. Three out of ten: get in touch and find out what went "
            + "wrong.")),
      .open(
        "feedback_collected", LocalizedText("Обратная связь собрана", "Feedback collected"),
        .conversion, within: .days(3), requires: [FieldRequirement(proposed: "service_score")],
        hint: LocalizedText(
          "Запишите отзыв. Довольного клиента ведите в «Работу с постоянными клиентами».",
          "Write down what was said. Take a content client on to the regular customers.")),
      .won("done", realised, hint: ClosingHints.passedOn),
      .lost(
        "cancelled", LocalizedText("Доставка отменена", "Delivery cancelled"),
        hint: ClosingHints.lost),
    ])

  /// Complaints: the same as sales, with a negative profit.
  static let complaints = PipelineTemplate(
    "complaints", source: "S4", LocalizedText("Рекламации", "Complaints"),
    purpose: LocalizedText(
      "Клиенты быстро и качественно получают сервис: по работе с рекламациями судят о компании.",
      "Clients are served fast and well: a company is judged by how it handles complaints."),
    rules: advised,
    fields: [
      FieldTemplate(
        "resolution", LocalizedText("Решение по рекламации", "Resolution"), .choice,
        choices: [
          LocalizedText("Возврат средств", "Money returned"),
          LocalizedText("Замена товара или услуги", "Goods or service replaced"),
          LocalizedText("В рекламации отказано", "Complaint refused"),
        ])
    ],
    reasons: .standard,
    stages: [
      .open(
        "received", LocalizedText("Поступила новая рекламация", "New complaint received"),
        .conversion, within: .days(1),
        hint: LocalizedText(
          "Ответьте сегодня. Узнайте номер заказа, что случилось, попросите фотографии.",
          "Answer today. Ask for the number of the order and what happened, and for photographs.")),
      .open(
        "accepted", LocalizedText("Рекламация взята в работу", "Complaint accepted"), .conversion,
        within: .days(5), requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Назовите клиенту срок решения и держите его в курсе.",
          "Tell the client when there will be a decision, and keep them informed.")),
      .open(
        "decided", LocalizedText("Решение по рекламации вынесено", "Complaint decided"),
        .conversion, isKey: true, within: .days(3),
        requires: [FieldRequirement(proposed: "resolution")],
        hint: LocalizedText(
          "Сообщите решение. При отказе обязательно позвоните и объясните, почему оно такое.",
          "Tell the decision. If it is a refusal, be sure to call and explain why.")),
      .won(
        "done", realised,
        hint: LocalizedText(
          "Закройте как успешную; при положительном решении создайте новую сделку в нужной воронке.",
          "Close as won; if the complaint was right, begin a new deal in the pipeline it needs.")),
      .lost(
        "withdrawn", LocalizedText("Отозвана клиентом", "Withdrawn by the client"),
        hint: ClosingHints.lost),
    ])
}
