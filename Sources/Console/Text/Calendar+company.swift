internal import Foundation
internal import JSON

extension Calendar {
  /// By the company's time zone; by the terminal's (`TZ`) where the settings tell none.
  init(company settings: JSON) {
    guard let zone = settings["timezone"]?.string.flatMap({ TimeZone(identifier: $0) }) else {
      self = .current
      return
    }
    self.init(identifier: .gregorian)
    timeZone = zone
  }
}
