internal import Foundation

/// Moments as a seller types them.
///
/// `15:30`, `tomorrow 10:00`, `завтра 10:00`, `+2d`, `+3h`, `+1w 09:00`, `2026-11-26`, `2026-11-26 15:00`,
/// `26.11 15:00`. Without a time of day it is nine in the morning.
enum WhenText {
  /// The moment in RFC 3339, or nil for what can't be read.
  static func moment(_ text: String, now: Date, calendar: Calendar) -> String? {
    date(text, now: now, calendar: calendar).map { date in
      date.formatted(.iso8601)
    }
  }

  /// The day in it, as `YYYY-MM-DD`, or nil for what can't be read.
  static func day(_ text: String, now: Date, calendar: Calendar) -> String? {
    date(text, now: now, calendar: calendar).map { date in
      let style = Date.ISO8601FormatStyle(timeZone: calendar.timeZone).year().month().day()
      return date.formatted(style)
    }
  }

  private static func date(_ text: String, now: Date, calendar: Calendar) -> Date? {
    var words = text.lowercased().split(separator: " ").map(String.init)
    guard !words.isEmpty, words.count <= 2 else { return nil }
    if words.count == 1, let time = clock(words[0]) {
      let today = at(time, on: now, calendar)
      // A time that has passed today is meant for tomorrow.
      return today.flatMap { $0 > now ? $0 : calendar.date(byAdding: .day, value: 1, to: $0) }
    }
    let first = words.removeFirst()
    let time = words.first.map(clock) ?? (hour: 9, minute: 0)
    guard let time else { return nil }
    if first.hasPrefix("+") {
      return later(first.dropFirst(), now, words.isEmpty ? nil : time, calendar)
    }
    return day(first, now: now, calendar).flatMap { at(time, on: $0, calendar) }
  }

  private static func later(
    _ text: Substring, _ now: Date, _ time: (hour: Int, minute: Int)?, _ calendar: Calendar
  ) -> Date? {
    guard let unit = text.last, let count = Int(text.dropLast()), (1...1000).contains(count) else {
      return nil
    }
    let component: Calendar.Component
    switch unit {
    case "m": component = .minute
    case "h", "ч": component = .hour
    case "d", "д": component = .day
    case "w", "н": component = .weekOfYear
    default: return nil
    }
    let date = calendar.date(byAdding: component, value: count, to: now)
    guard let time else { return date }
    return date.flatMap { at(time, on: $0, calendar) }
  }

  private static func day(_ text: String, now: Date, _ calendar: Calendar) -> Date? {
    switch text {
    case "today", "сегодня": return now
    case "tomorrow", "завтра": return calendar.date(byAdding: .day, value: 1, to: now)
    case "послезавтра": return calendar.date(byAdding: .day, value: 2, to: now)
    default: break
    }
    let dashed = text.split(separator: "-").compactMap { Int($0) }
    if dashed.count == 3 {
      return exact(year: dashed[0], month: dashed[1], day: dashed[2], calendar)
    }
    let dotted = text.split(separator: ".").compactMap { Int($0) }
    guard dotted.count == 2 || dotted.count == 3 else { return nil }
    let year = dotted.count == 3 ? dotted[2] : calendar.component(.year, from: now)
    let date = exact(year: year, month: dotted[1], day: dotted[0], calendar)
    guard dotted.count == 2, let date, date < calendar.startOfDay(for: now) else { return date }
    return exact(year: year + 1, month: dotted[1], day: dotted[0], calendar)
  }

  /// A day that there is: not the 31st of February.
  private static func exact(year: Int, month: Int, day: Int, _ calendar: Calendar) -> Date? {
    let parts = DateComponents(year: year, month: month, day: day)
    guard (1900...9999).contains(year), let date = calendar.date(from: parts) else { return nil }
    let read = calendar.dateComponents([.month, .day], from: date)
    return read.month == month && read.day == day ? date : nil
  }

  private static func at(
    _ time: (hour: Int, minute: Int), on date: Date, _ calendar: Calendar
  ) -> Date? {
    calendar.date(bySettingHour: time.hour, minute: time.minute, second: 0, of: date)
  }

  private static func clock(_ text: String) -> (hour: Int, minute: Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return (hour, minute)
  }
}
