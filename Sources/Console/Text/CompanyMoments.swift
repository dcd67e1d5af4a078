internal import Foundation
internal import JSON

/// Moments as commands read and show them: by the company's time zone, by the terminal's where the company's is not
/// known.
struct CompanyMoments: Sendable {
  let calendar: Calendar

  /// As the asker's company has it.
  static func load(_ session: Session) async throws -> CompanyMoments {
    do {
      return CompanyMoments(calendar: Calendar(company: try await session.call("settings.get")))
    } catch ConsoleFailure.server {
      return CompanyMoments(calendar: .current)
    }
  }

  /// What was typed as the wire has it: RFC 3339 as it stands, else as ``WhenText`` reads it.
  func wire(_ text: String, now: Date = Date()) throws -> String {
    if text.contains(/^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]/) { return text }
    guard let moment = WhenText.moment(text, now: now, calendar: calendar) else {
      throw ConsoleFailure.usage(
        """
        \"\(text)\" is no moment: write 2026-11-26 10:00, tomorrow 10:00, +2d (by the company's time zone), \
        or 2026-11-26T10:00:00+03:00.
        """)
    }
    return moment
  }

  /// The same, but a day stays one: what it means the server says.
  func dayOrMoment(_ text: String, now: Date = Date()) throws -> String {
    text.contains(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/) ? text : try wire(text, now: now)
  }

  /// `2026-11-26 10:00`; nil for what is no moment.
  func text(_ moment: String) -> String? {
    guard CellText.moment(moment) != nil, let date = SellerMoment.date(moment) else { return nil }
    let style = Date.ISO8601FormatStyle(timeZone: calendar.timeZone).year().month().day()
      .dateTimeSeparator(.space).time(includingFractionalSeconds: false)
    return String(date.formatted(style).prefix(16))
  }
}
