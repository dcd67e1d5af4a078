internal import ArgumentParser
internal import Console

/// What `voronka deal update` and `voronka lead update` change.
struct CardUpdateOptions: ParsableArguments {
  @Option(help: "Its title.")
  var title: String?

  @Option(help: "Where the request came from.")
  var source: String?

  @Option(help: "How the last contact ended: a status by id or name.")
  var status: String?

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @Option(help: "Such as 1200.50, or with its currency: \"1200.50 RUB\".")
  var amount: String?

  @Option(help: "A contact's id.")
  var contact: Int64?

  @Option(help: "A company's id.")
  var company: Int64?

  /// The command for a card of this kind.
  func command(_ id: Int64, of kind: String) -> CardUpdateCommand {
    CardUpdateCommand(
      id: id, title: title, source: source, status: status, fields: fields, amount: amount,
      contact: contact, company: company, of: kind)
  }
}
