internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("A company's settings and use")
struct SettingsTests {
  @Test("Settings are changed one by one, by admins, guarded by their version, and hold at once")
  func settings() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let before = try await company.owner.call("settings.get")
    #expect(before["reopen_days"] == 30)
    #expect(before["timezone"] == "Europe/Moscow")
    let after = try await company.owner.call(
      "settings.update",
      [
        "reopen_days": 7, "require_loss_comment": false, "timezone": "Asia/Yekaterinburg",
        "if_version": before["version"] ?? .null,
      ])
    #expect(after["reopen_days"] == 7)
    #expect(after["require_loss_comment"] == false)
    #expect(after["require_win_reason"] == before["require_win_reason"])
    #expect(after["name"] == before["name"])
    var told = after.object ?? [:]
    told["plan"] = Optional<JSON>.none
    #expect(try await boris.client.call("settings.get") == .object(told))
    let stale = try await company.owner.refusal(
      "settings.update", ["name": "X", "if_version": before["version"] ?? .null])
    #expect(stale?.kind == "conflict")
    #expect(stale?["version"] == after["version"])
    // The operator sees the same row.
    let tenant = try await company.operatorClient.call("tenant.get", ["tenant": "mebel"])
    #expect(tenant["timezone"] == "Asia/Yekaterinburg")
    #expect(tenant["version"] == after["version"])
  }

  @Test("A time zone that nobody knows is refused")
  func timezone() async throws {
    let company = try await TestInstallation.make().company()
    let refusal = try await company.owner.refusal(
      "settings.update", ["timezone": "Europe/Mebel"])
    #expect(refusal?.kind == "invalid")
    #expect(refusal?["fields"]?[0]?["path"] == "timezone")
  }

  @Test("A company and the operator see the same numbers of use, by limit")
  func usage() async throws {
    let company = try await TestInstallation.make().company(
      template: "first_line_and_seniors", limits: ["users": 4, "deal_pipelines": 2])
    _ = try await company.user("boris")
    let usage = try await company.owner.call("usage.get")
    #expect(usage["plan"] == "mebel")
    #expect(usage["limits"]?["users"] == ["used": 2, "max": 4, "share": 0.5])
    #expect(usage["limits"]?["deal_pipelines"] == ["used": 2, "max": 2, "share": 1.0])
    #expect(usage["limits"]?["custom_fields"] == ["used": 0, "max": .null, "share": .null])
    #expect(usage["limits"]?["requests_per_second"]?["used"] == .null)
    let told = try await company.operatorClient.call("tenant.usage", ["tenant": "mebel"])
    #expect(told == usage)
    let unknown = try await company.operatorClient.refusal("tenant.usage", ["tenant": "none"])
    #expect(unknown?.kind == "not_found")
  }
}
