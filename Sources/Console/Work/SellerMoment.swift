internal import Foundation
internal import JSON

/// Moments as somebody reads them who works: by the day and the time of the place.
struct SellerMoment {
  let calendar: Calendar
  let now: Date

  /// `15:30` today, `26.11 15:30` within a year, `26.11.2027 15:30` else; what is no moment stays.
  func text(_ moment: JSON?) -> String {
    guard let text = moment?.string else { return "" }
    guard let date = Self.date(text) else { return text }
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    let time = "\(Self.two(parts.hour)):\(Self.two(parts.minute))"
    guard !calendar.isDate(date, inSameDayAs: now) else { return time }
    let day = "\(Self.two(parts.day)).\(Self.two(parts.month))"
    let isNear = abs(date.timeIntervalSince(now)) < 300 * 86400
    return isNear ? "\(day) \(time)" : "\(day).\(parts.year ?? 0) \(time)"
  }

  /// The moment of a time in RFC 3339.
  static func date(_ text: String) -> Date? {
    (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      ?? (try? Date(text, strategy: .iso8601))
  }

  private static func two(_ number: Int?) -> String {
    let digits = String(number ?? 0)
    return digits.count < 2 ? "0" + digits : digits
  }
}
