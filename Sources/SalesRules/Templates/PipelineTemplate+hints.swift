/// Texts that several templates share.
extension PipelineTemplate {
  /// What to do where a card ends.
  enum ClosingHints {
    /// S0: the comment, and why the client bought.
    static let won = LocalizedText(
      "Оплата прошла. Напишите комментарий и обязательно отметьте, почему клиент купил.",
      "Paid. Write a comment and be sure to note why the client bought.")
    /// S0: the comment and the reason; without them weak sides stay unseen.
    static let lost = LocalizedText(
      "Выберите причину из списка и напишите комментарий: по ним компания видит свои слабые стороны.",
      "Choose the reason from the list and write a comment: they show the company its weak sides.")
    /// S1: the lead ends, contact and deal go on.
    static let converted = LocalizedText(
      "Работа с заявкой закончена: дальше с клиентом работают как с контактом и сделкой.",
      "The lead is done: from here on the client is a contact with a deal.")
    /// S4: closed as won here, copied there.
    static let passedOn = LocalizedText(
      "Закройте как успешную: копия сделки создаётся в следующей воронке.",
      "Close it as won: a copy of the deal begins in the next pipeline.")
  }

  /// The name S4 gives to the good end of pipelines that hand over.
  static let realised = LocalizedText("Успешно реализовано", "Successfully completed")
}
