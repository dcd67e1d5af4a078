/// What headings of columns usually mean, in English and Russian.
enum HeaderVocabulary {
  /// The meanings that a proposal knows.
  enum Meaning: Sendable, CaseIterable {
    case dealID, id, title, name, company, person, email, lead, office, product, price
    case stage, outcomeReason, amount, createdAt, closedAt, eventAt, eventBy, contact, phone, source
    case comment, lastContact
  }

  static func meaning(of heading: String) -> Meaning? {
    let key = normalised(heading)
    return Meaning.allCases.first { words[$0]?.contains(key) ?? false }
  }

  /// A heading or name without case, spaces and signs.
  static func normalised(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
        }))
  }

  private static let words: [Meaning: Set<String>] = [
    .dealID: [
      "opportunityid", "dealid", "opportunity", "deal", "dealnumber", "idсделки", "номерсделки",
      "сделка",
    ],
    .id: ["id", "externalid", "key", "code", "номер", "код", "ид"],
    .title: ["title", "dealname", "opportunityname", "subject", "название", "темасделки", "тема"],
    .name: ["name", "fullname", "имя", "фио", "наименование"],
    .company: [
      "account", "accountname", "company", "companyname", "client", "customer", "organization",
      "organisation", "компания", "клиент", "организация", "контрагент", "заказчик",
    ],
    .person: [
      "salesagent", "agent", "seller", "salesperson", "salesrep", "rep", "owner", "dealowner",
      "responsible", "assignedto", "user", "employee", "person", "ответственный", "сотрудник",
      "продавец", "менеджерпопродажам",
    ],
    .email: ["email", "mail", "emailaddress", "почта", "элпочта", "электроннаяпочта"],
    .lead: [
      "manager", "teamlead", "lead", "supervisor", "head", "руководитель", "начальник", "менеджер",
    ],
    .office: [
      "regionaloffice", "office", "region", "department", "division", "branch", "team", "офис",
      "филиал", "регион", "отдел", "команда", "подразделение",
    ],
    .product: ["product", "productname", "item", "товар", "продукт", "услуга"],
    .price: ["salesprice", "price", "listprice", "unitprice", "цена", "стоимость"],
    .stage: [
      "dealstage", "stage", "stagename", "status", "pipelinestage", "этап", "стадия", "статус",
      "этапсделки",
    ],
    .outcomeReason: ["reason", "lossreason", "lostreason", "причина", "причинаотказа"],
    .amount: [
      "closevalue", "amount", "value", "dealvalue", "sum", "total", "revenueamount", "сумма",
      "бюджет", "суммасделки",
    ],
    .createdAt: [
      "engagedate", "createdat", "created", "createdate", "creationdate", "opendate", "startdate",
      "датасоздания", "создана", "создан",
    ],
    .closedAt: [
      "closedate", "closedat", "closed", "enddate", "датазакрытия", "закрыта", "закрыт",
    ],
    .eventAt: [
      "at", "time", "timestamp", "changedat", "enteredat", "date", "дата", "время", "когда",
    ],
    .eventBy: ["by", "changedby", "author", "кто", "автор"],
    .contact: ["contact", "contactname", "контакт", "контактноелицо"],
    .phone: ["phone", "telephone", "mobile", "contactphone", "телефон", "мобильный"],
    .source: ["source", "leadsource", "channel", "источник", "канал"],
    .comment: ["comment", "notes", "note", "комментарий", "примечание"],
    .lastContact: [
      "lastcontactstatus", "contactstatus", "статуспоследнегоконтакта", "статусконтакта",
    ],
  ]
}
