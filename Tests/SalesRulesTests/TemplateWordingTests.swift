internal import SalesRules
internal import Testing

/// What the articles call things: the templates keep to their words, stage for stage.
@Suite struct TemplateWordingTests {
  /// A template's stages in their order, as code, Russian and English name.
  private static let stages: [String: [(String, String, String)]] = [
    "universal": [
      ("new", "Новая", "New"), ("no_contact", "Нет контакта", "No contact"),
      ("thinking", "Думает", "Thinking"),
      ("presentation_held", "Презентация проведена", "Presentation held"),
      (
        "repeat_presentation_held", "Проведена повторная презентация",
        "Repeat presentation held"
      ),
      ("closing", "Закрытие", "Closing"), ("won", "Успешная сделка", "Won"),
      ("refused", "Отказ", "Refused"), ("vanished", "Пропал", "Vanished"),
    ],
    "sales": [
      ("request_received", "Заявка получена", "Request received"),
      ("client_came", "Клиент пришёл на встречу", "Client came to the meeting"),
      ("quotation_requested", "Клиент запросил КП", "Client asked for a quotation"),
      ("quotation_sent", "КП отправлено", "Quotation sent"),
      ("comments_received", "Комментарии от клиента получены", "Client's comments received"),
      ("contract_requested", "Клиент запросил договор", "Client asked for the contract"),
      ("contract_signed", "Договор подписан", "Contract signed"),
      ("invoice_issued", "Счёт выставлен", "Invoice issued"),
      ("paid", "Оплата получена", "Payment received"), ("refused", "Отказ", "Refused"),
    ],
    "qualification": [
      ("request_received", "Заявка получена", "Request received"),
      ("contact_made", "Связались с клиентом", "Contact made"),
      ("need_clear", "Потребность выяснена", "Need understood"),
      ("budget_confirmed", "Бюджет и срок подтверждены", "Budget and date confirmed"),
      ("qualified", "Квалифицирован", "Qualified"),
      ("not_qualified", "Не квалифицирован", "Not qualified"),
    ],
    "telemarketing": [
      ("base", "База заявок", "Base of requests"), ("processed", "Обработали", "Processed"),
      ("feedback", "Получили обратную связь", "Got an answer"),
      ("call_agreed", "Согласовали созвон/демонстрацию", "Call or demonstration agreed"),
      ("call_held", "Провели созвон/демонстрацию", "Call or demonstration held"),
      ("done", "Успешно реализовано", "Successfully completed"),
      ("not_done", "Закрыто и не реализовано", "Closed without result"),
    ],
    "production": [
      ("new_order", "Новый заказ на производство", "New order for production"),
      ("accepted", "Заказ принят в работу", "Order accepted"),
      ("made", "Заказ выполнен", "Order made"),
      ("in_warehouse", "Заказ доставлен на склад", "Order in the warehouse"),
      ("done", "Успешно реализовано", "Successfully completed"),
      ("cancelled", "Заказ отменён", "Order cancelled"),
    ],
    "delivery": [
      ("ready_to_ship", "Заказ готов к отгрузке", "Order ready to ship"),
      ("delivered", "Заказ доставлен клиенту", "Order delivered"),
      ("feedback_collected", "Обратная связь собрана", "Feedback collected"),
      ("done", "Успешно реализовано", "Successfully completed"),
      ("cancelled", "Доставка отменена", "Delivery cancelled"),
    ],
    "complaints": [
      ("received", "Поступила новая рекламация", "New complaint received"),
      ("accepted", "Рекламация взята в работу", "Complaint accepted"),
      ("decided", "Решение по рекламации вынесено", "Complaint decided"),
      ("done", "Успешно реализовано", "Successfully completed"),
      ("withdrawn", "Отозвана клиентом", "Withdrawn by the client"),
    ],
    "nurturing": [
      ("new", "Новая сделка для утепления", "New deal to nurture"),
      ("nurtured", "Сделка утеплялась 90 дней", "Nurtured for 90 days"),
      ("special_terms", "Предложили специальные условия", "Special terms offered"),
      ("back", "Успешно реализовано", "Successfully completed"),
      ("no_answer", "Отписался или не ответил", "Opted out or did not answer"),
    ],
    "regular_customers": [
      ("bought_lately", "Недавно купили", "Bought lately"),
      ("thirty_days_left", "До покупки 30 дней", "30 days to the purchase"),
      ("seven_days_left", "До покупки 7 дней", "7 days to the purchase"),
      ("bought", "Купили", "Bought"), ("stopped", "Перестали покупать", "Stopped buying"),
    ],
    "refusals": [
      ("did_not_buy", "Клиент у нас не купил", "Client did not buy from us"),
      (
        "offer_sent", "Отправили клиенту предложение о следующей покупке",
        "Offer for the next purchase sent"
      ),
      ("agreed", "Клиент ответил согласием", "Client agreed"),
      ("done", "Успешно реализовано", "Successfully completed"),
      ("final_refusal", "Окончательный отказ", "Final refusal"),
    ],
    "prospects": [
      ("waiting", "Ждём срока", "Waiting for the date"),
      ("date_came", "Срок подошёл", "The date has come"),
      ("talking_again", "Разговор возобновлён", "Talking again"),
      ("back", "Вернулся в продажи", "Back in sales"),
      ("gave_up", "Передумал покупать", "Changed their mind"),
    ],
    "on_hold": [
      ("waiting", "Ждём повторной покупки", "Waiting for the next purchase"),
      ("time_near", "Срок обращения подходит", "The time is near"),
      ("came_again", "Обратился повторно", "Came again"),
      ("not_interested", "Не заинтересован", "Not interested"),
    ],
    "leads": [
      ("new", "Новая", "New"), ("in_work", "Уточняем запрос", "Finding out the need"),
      ("deciding", "Принимаем решение", "Deciding"),
      ("converted", "Завершена сделкой", "Converted"), ("lost", "Проиграна", "Lost"),
    ],
    "first_line": [
      ("new", "Новая", "New"), ("qualifying", "Квалификация", "Qualifying"),
      ("to_general", "Передать - общее", "To general"),
      ("to_services", "Передать - услуги", "To services"),
      ("second_chance", "Второй шанс", "Second chance"),
      ("converted", "Завершена сделкой", "Converted"), ("lost", "Проиграна", "Lost"),
    ],
  ]

  @Test(arguments: PipelineTemplate.all.map(\.code))
  func `The stages are called as the articles call them`(_ code: String) throws {
    let template = try #require(PipelineTemplate.named(code))
    let wanted = try #require(Self.stages[code])
    #expect(template.stages.map(\.code) == wanted.map { $0.0 })
    #expect(template.localized(.ru).stages.map(\.name) == wanted.map { $0.1 })
    #expect(template.localized(.en).stages.map(\.name) == wanted.map { $0.2 })
  }

  @Test func `The pipelines are called as the articles call them`() {
    #expect(
      PipelineTemplate.all.map { $0.localized(.ru).name } == [
        "Универсальная", "Продажи", "Квалификация", "Телемаркетинг", "Производство", "Доставка",
        "Рекламации", "Утепление", "Работа с постоянными клиентами", "Работа с «отказниками»",
        "Перспектива", "В ожидании", "Заявки", "Первая линия",
      ])
    #expect(
      PipelineTemplate.all.map { $0.localized(.en).name } == [
        "Universal", "Sales", "Qualification", "Telemarketing", "Production", "Delivery",
        "Complaints", "Nurturing", "Regular customers", "Refusals", "Prospects", "On hold",
        "Leads", "First line",
      ])
  }

  @Test func `What has to be filled in, stage by stage`() {
    let demands = PipelineTemplate.all.map { template in
      let stages = template.stages.filter { !$0.required.isEmpty }.map { stage in
        "\(stage.code): \(stage.required.map(\.description).joined(separator: ", "))"
      }
      return "\(template.code) " + stages.joined(separator: "; ")
    }
    let asked = "name, phone|email"
    #expect(
      demands == [
        "universal ",
        "sales quotation_sent: amount; contract_requested: contact|company",
        "qualification need_clear: \(asked)",
        "telemarketing call_agreed: phone|email",
        "production accepted: contact|company",
        "delivery delivered: contact|company, shipping; feedback_collected: service_score",
        "complaints accepted: contact|company; decided: resolution",
        "nurturing nurtured: contact|company; special_terms: phone|email",
        "regular_customers thirty_days_left: contact|company; seven_days_left: amount",
        "refusals offer_sent: contact|company, next_purchase_on",
        "prospects waiting: return_on; date_came: contact|company",
        "on_hold waiting: expected_on; time_near: contact|company",
        "leads ",
        "first_line to_general: \(asked); to_services: \(asked); second_chance: \(asked); "
          + "converted: \(asked)",
      ])
  }

  @Test func `Fields and their options, and the reasons, are in the articles' words`() {
    let fields = PipelineTemplate.all.flatMap { $0.localized(.ru).fields }
    #expect(
      fields.map(\.name) == [
        "Дата презентации", "Способ отгрузки", "Оценка сервиса, 1–10", "Решение по рекламации",
        "Примерная дата следующей покупки", "Дата возвращения", "Предположительный срок обращения",
      ])
    #expect(
      fields.flatMap(\.choices) == [
        "Наша курьерская служба", "Самовывоз", "Возврат средств", "Замена товара или услуги",
        "В рекламации отказано",
      ])
    let standard = [ReasonTemplate].standard.map { $0.localized(.ru).name }
    #expect(
      standard == [
        "Дорого", "Не устроили условия", "Выбрал конкурентов", "Больше не нужно",
        "Снята по правилам компании", "Клиент пропал", "Цена", "Качество", "Сроки",
        "Сервис и консультация", "Рекомендация", "Неверный номер", "Дубль", "Ненастоящий клиент",
        "Тест",
      ])
    for template in PipelineTemplate.all {
      let further = template.code == "nurturing" ? ["Отписался от рассылки"] : []
      #expect(template.localized(.ru).reasons.map(\.name) == standard + further)
    }
  }
}
