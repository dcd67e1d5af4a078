/// What is measured.
public enum Operation: String, Sendable, CaseIterable {
  /// `deal.get`.
  case get
  /// `deal.list` of a pipeline's newest fifty.
  case list
  /// `deal.board` with fifty cards.
  case board
  /// `deal.move` to the next open stage.
  case move
  /// `deal.create` with a title and an amount.
  case create
  /// `lead.convert` into a deal pipeline; measured where cards have fields of the company's own.
  case convert

  /// What is measured in usual companies.
  public static let usual: [Operation] = [.get, .list, .board, .move, .create]
  /// What is measured in companies whose cards have fields of their own.
  public static let withFields: [Operation] = [.move, .convert]

  /// The method's name.
  var method: String { self == .convert ? "lead.convert" : "deal.\(rawValue)" }

  /// How its row begins in a table.
  var title: String {
    switch self {
    case .list, .board: "\(method) (50)"
    default: method
    }
  }

  /// The goal for its ratio to the reference, if there is one.
  var goal: Double? {
    switch self {
    case .get: 2.0
    case .move, .create: 1.5
    case .board: 1.3
    case .list, .convert: nil
    }
  }
}
