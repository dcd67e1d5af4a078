extension PipelineTemplate {
  /// The main pipeline, S4: facts only, and a stage for the client's comments, so that a new quotation
  /// is a step forward and never one back.
  static let sales = PipelineTemplate(
    "sales", source: "S4", LocalizedText("Продажи", "Sales"),
    purpose: LocalizedText(
      "Главная воронка: работа опытных продавцов с целевыми клиентами до оплаты.",
      "The main pipeline: experienced sellers with qualified clients, up to the payment."),
    rules: advisedForSales,
    reasons: .standard,
    stages: [
      .open(
        "request_received", LocalizedText("Заявка получена", "Request received"), .conversion,
        within: .days(1),
        hint: LocalizedText(
          "Свяжитесь сегодня. Узнайте задачу, срок и бюджет. Продавайте следующий этап — встречу.",
          "Get in touch today. Ask about the task, the date and the budget. Sell the next stage: a "
            + "meeting.")),
      .open(
        "client_came", LocalizedText("Клиент пришёл на встречу", "Client came to the meeting"),
        .conversion, isKey: true, within: .days(7),
        hint: LocalizedText(
          "Клиент потратил время на вас: он заинтересован. Покажите товар, обсудите проект, "
            + "договоритесь о предложении. Таким клиентам отвечайте первыми.",
          "The client has spent time on you: the interest is real. Show the product, discuss the "
            + "project, agree on a quotation. Answer these clients first.")),
      .open(
        "quotation_requested", LocalizedText("Клиент запросил КП", "Client asked for a quotation"),
        .conversion, within: .days(2),
        hint: LocalizedText(
          "Уточните, что должно войти в предложение, и сумму. Подготовьте КП по шаблону.",
          "Make sure what the quotation is to contain, and the amount. Prepare it from the template."
        )),
      .open(
        "quotation_sent", LocalizedText("КП отправлено", "Quotation sent"), .conversion,
        within: .days(7), requires: [FieldRequirement(.amount)],
        hint: LocalizedText(
          "Позвоните и спросите, что в предложении подошло, а что нет. Попросите комментарии.",
          "Call and ask what in the quotation suits and what does not. Ask for comments.")),
      .open(
        "comments_received",
        LocalizedText("Комментарии от клиента получены", "Client's comments received"), .conversion,
        within: .days(5),
        hint: LocalizedText(
          "Клиент изучил предложение и потратил силы: это движение вперёд. Переделайте КП здесь, не "
            + "возвращая сделку назад.",
          "The client has studied the quotation and put work into it: that is progress. Redo it here, "
            + "without moving the deal back.")),
      .open(
        "contract_requested",
        LocalizedText("Клиент запросил договор", "Client asked for the contract"),
        .conversion, isKey: true, within: .days(5),
        requires: [FieldRequirement(oneOf: .contact, .company)],
        hint: LocalizedText(
          "Соберите реквизиты, согласуйте правки и срок подписания.",
          "Collect the particulars, agree on changes and on the date of signing.")),
      .open(
        "contract_signed", LocalizedText("Договор подписан", "Contract signed"), .conversion,
        within: .days(3),
        hint: LocalizedText(
          "Выставьте счёт сегодня: нет счёта — нет оплаты.",
          "Send the invoice today: no invoice, no payment.")),
      .open(
        "invoice_issued", LocalizedText("Счёт выставлен", "Invoice issued"), .conversion,
        within: .days(14),
        hint: LocalizedText(
          "Напомните об оплате до срока. С тех, кто забыл оплатить, начинайте день.",
          "Remind of the payment before it is due. Begin the day with those who forgot to pay.")),
      .won("paid", LocalizedText("Оплата получена", "Payment received"), hint: ClosingHints.won),
      .lost("refused", LocalizedText("Отказ", "Refused"), hint: ClosingHints.lost),
    ])
}
