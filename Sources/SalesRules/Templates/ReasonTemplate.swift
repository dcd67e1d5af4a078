/// A reason that a template proposes for one of the company's lists.
public struct ReasonTemplate: Hashable, Sendable {
  /// The list.
  public let kind: ReasonKind
  /// The reason.
  public let name: LocalizedText
  /// Which kind of loss it is; nil in the other lists.
  public let lossKind: LossKind?

  init(_ kind: ReasonKind, _ name: LocalizedText, _ lossKind: LossKind? = nil) {
    self.kind = kind
    self.name = name
    self.lossKind = kind == .loss ? lossKind ?? .refused : nil
  }
}

extension [ReasonTemplate] {
  /// The lists that fit any selling: S0's reasons for invalid requests, S3's for refusing, S2's three
  /// kinds of loss (refused, dropped by the company's rules, vanished), and why people buy.
  public static let standard: [ReasonTemplate] = [
    ReasonTemplate(.loss, LocalizedText("Дорого", "Too expensive")),
    ReasonTemplate(.loss, LocalizedText("Не устроили условия", "The terms did not suit")),
    ReasonTemplate(.loss, LocalizedText("Выбрал конкурентов", "Chose a competitor")),
    ReasonTemplate(.loss, LocalizedText("Больше не нужно", "No longer needed")),
    ReasonTemplate(
      .loss, LocalizedText("Снята по правилам компании", "Dropped by our rules"), .dropped),
    ReasonTemplate(.loss, LocalizedText("Клиент пропал", "The client vanished"), .vanished),
    ReasonTemplate(.win, LocalizedText("Цена", "Price")),
    ReasonTemplate(.win, LocalizedText("Качество", "Quality")),
    ReasonTemplate(.win, LocalizedText("Сроки", "Delivery time")),
    ReasonTemplate(.win, LocalizedText("Сервис и консультация", "Service and advice")),
    ReasonTemplate(.win, LocalizedText("Рекомендация", "Recommendation")),
    ReasonTemplate(.invalid, LocalizedText("Неверный номер", "Wrong number")),
    ReasonTemplate(.invalid, LocalizedText("Дубль", "Duplicate")),
    ReasonTemplate(.invalid, LocalizedText("Ненастоящий клиент", "Not a client")),
    ReasonTemplate(.invalid, LocalizedText("Тест", "Test")),
  ]
}
