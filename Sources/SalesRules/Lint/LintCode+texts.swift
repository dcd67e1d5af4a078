/// Why each fault is one, as S4 puts it, and what to change.
extension LintCode {
  /// The article's reason.
  public var reason: LocalizedText {
    switch self {
    case .mixedStyles:
      LocalizedText(
        "В одной воронке смешаны процессные и конверсионные этапы: у вас не получится построить аналитику. "
          + "Один менеджер подумает, что договор надо сделать, другой — что подписать.",
        "Process and conversion stages are mixed in one pipeline: its figures will mean nothing. One "
          + "seller thinks the contract is to be made, another that it is signed.")
    case .taskAsStage:
      LocalizedText(
        "Из задачи сделан этап, например «Не дозвонился» или «Перезвонить»: это дело, а не место в воронке.",
        "A task has been made a stage, such as \"missed call\" or \"call back\": that is something to do, "
          + "not a place in the funnel.")
    case .noDwellLimit:
      LocalizedText(
        "Нет допустимого времени жизни в этапе: сделка может «болтаться» в нём сколь угодно долго.",
        "There is no longest time in the stage: a card may hang about in it for ever.")
    case .noRequiredFields:
      LocalizedText(
        "Нет полей, обязательных для этапа: не вся критически важная для продаж информация попадает в "
          + "систему.",
        "Nothing has to be filled in for the stage: not all that matters for selling gets into the system."
      )
    case .noHint:
      LocalizedText(
        "Нет подсказки: менеджер не знает, что делать на этапе и как продавать следующий.",
        "There is no hint: the seller does not know what to do in the stage and how to sell the next one."
      )
    case .tooManyFields:
      LocalizedText(
        "Карточка перегружена: поля не заполняют или заполняют «на авось».",
        "The card is overloaded: fields are left empty or filled in at random.")
    case .noResponsible:
      LocalizedText(
        "Нет смены ответственного в зависимости от этапа: работают разные люди, а отвечает всегда менеджер.",
        "The person responsible does not change with the stage: others do the work, the seller answers "
          + "for it.")
    case .crossingAllowed:
      LocalizedText(
        "Сделки можно переводить в другую воронку без закрытия их как успешных: конверсию не посчитать.",
        "Cards may leave for another pipeline without being won: conversion can't be counted.")
    case .noQualification:
      LocalizedText(
        "Нет квалификационных воронок или этапов: вечный вопрос, кто не прав, маркетологи или менеджеры, "
          + "останется без ответа.",
        "There is no qualification, neither a pipeline nor a stage: whether marketing or the sellers are at "
          + "fault will never be known.")
    case .noKeyStage:
      LocalizedText(
        "Не выделен ключевой этап (КЭВ): непонятно, на каких клиентах менеджеру сосредоточиться.",
        "No stage is marked as a key one: sellers can't tell which clients to attend to first.")
    case .noNurturing:
      LocalizedText(
        "Нет утепления: для тех, кто пока не готов купить, ничего не настроено, а теряют больше всего здесь.",
        "There is no nurturing: nothing is done for those who are not ready to buy yet, least of all where "
          + "most are lost.")
    case .backAllowed:
      LocalizedText(
        "Сделка может двигаться по воронке обратно: значит, с воронкой что-то не так.",
        "Cards may move back: if they do, something is wrong with the pipeline.")
    case .movesBack:
      LocalizedText(
        "Сделки двигались обратно: к гадалке не ходи, с воронкой не всё в порядке.",
        "Cards did move back: something is wrong with the pipeline.")
    case .grows:
      LocalizedText(
        "На этапе побывало больше сделок, чем на предыдущем: это дуршлаг, а не воронка.",
        "More cards were in the stage than in the one before it: a colander, not a funnel.")
    case .skipped:
      LocalizedText(
        "Большинство сделок проходит мимо этапа: перескакивать этапы не рекомендуется.",
        "Most cards pass the stage by: skipping stages is not advised.")
    case .pilesUp:
      LocalizedText(
        "Сделки копят и не проигрывают: этим любят заниматься менеджеры.",
        "Cards are piled up and never lost: sellers love doing that.")
    }
  }

  /// What to do about it.
  public var change: LocalizedText {
    switch self {
    case .mixedStyles:
      LocalizedText(
        "Назовите все этапы либо свершившимся фактом («договор подписан»), либо процессом, и задайте им один "
          + "style.",
        "Name all stages either by facts (\"contract signed\") or by what goes on, and give them one style."
      )
    case .taskAsStage:
      LocalizedText(
        "Удалите этап (stage.delete с move_cards_to) и планируйте вместо него дело.",
        "Delete the stage (stage.delete with move_cards_to) and plan an activity instead.")
    case .noDwellLimit:
      LocalizedText(
        "Задайте dwell_limit: сколько сделка может стоять на этапе, например P14D.",
        "Set dwell_limit: how long a card may stay, P14D for one.")
    case .noRequiredFields:
      LocalizedText(
        "Перечислите в required, что должно быть заполнено при входе в этап.",
        "Name in required what must be filled in to enter the stage.")
    case .noHint:
      LocalizedText(
        "Напишите в hint, что сделать и спросить и как продать следующий этап.",
        "Write in hint what to do and ask, and how to sell the next stage.")
    case .tooManyFields:
      LocalizedText(
        "Удалите поля, которые не заполняют, или сделайте нужные обязательными на этапе.",
        "Delete fields that nobody fills in, or require those that matter at a stage.")
    case .noResponsible:
      LocalizedText(
        "Решите, кто отвечает за сделку на каждом этапе: счета — бухгалтер, задолженность — помощник.",
        "Decide who is responsible in each stage: an accountant for invoices, an assistant for debts."
      )
    case .crossingAllowed:
      LocalizedText(
        "Включите cross_only_by_win: закрывать как успешную и копировать (deal.copy).",
        "Turn on cross_only_by_win: win the card and copy it (deal.copy).")
    case .noQualification:
      LocalizedText(
        "Создайте воронку по шаблону qualification или принимайте обращения как заявки.",
        "Make a pipeline from the template qualification, or take requests in as leads.")
    case .noKeyStage:
      LocalizedText(
        "Отметьте key у этапа, дойдя до которого клиент точно заинтересован: «Клиент пришёл на встречу».",
        "Set key on the stage that only interested clients reach: \"Client came to the meeting\".")
    case .noNurturing:
      LocalizedText(
        "Создайте воронку по шаблону nurturing: тех, кто пока не готов, закрывайте с причиной и копируйте в неё. "
          + "Копия открытой сделки закрыла бы её как успешную.",
        "Make a pipeline from the template nurturing: lose those who are not ready yet, with the reason, and copy "
          + "them into it. A copy of an open deal would win that.")
    case .backAllowed:
      LocalizedText(
        "Включите no_back: warn — предупреждать, enforce — запрещать.",
        "Turn on no_back: warn to be told, enforce to forbid it.")
    case .movesBack:
      LocalizedText(
        "Добавьте этап впереди, например «Комментарии от клиента получены», и двигайте сделку вперёд.",
        "Add a stage further on, such as \"Client's comments received\", and move cards forward.")
    case .grows:
      LocalizedText(
        "Проверьте, где сделки входят в воронку и почему минуют предыдущий этап; включите no_skip.",
        "Look where cards come in and why they miss the stage before; turn on no_skip.")
    case .skipped:
      LocalizedText(
        "Уберите этап, если он не нужен, или включите no_skip.",
        "Take the stage away if it is not needed, or turn on no_skip.")
    case .pilesUp:
      LocalizedText(
        "Задайте dwell_limit и закрывайте с причиной тех, кто не купит.",
        "Set dwell_limit, and close with a reason those who will not buy.")
    }
  }

  /// The article that says so.
  public var source: String { "S4" }
}
