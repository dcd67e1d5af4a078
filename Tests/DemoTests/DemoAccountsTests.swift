import SalesRules
import Testing
import VoronkaClient

@testable import Demo

@Suite("The demo's accounts")
struct DemoAccountsTests {
  private let passwords = DemoPasswords.derived(fromSecret: "vop_secret")

  @Test("The same installation gives the same passwords, another one others")
  func passwordsRepeat() {
    let again = DemoPasswords.derived(fromSecret: "vop_secret")
    let other = DemoPasswords.derived(fromSecret: "vop_other")
    let password = passwords.password(for: "anna@mebel.example")
    #expect(password == again.password(for: "anna@mebel.example"))
    #expect(password != other.password(for: "anna@mebel.example"))
    #expect(password != passwords.password(for: "boris@mebel.example"))
    #expect(Password.problem(in: password) == nil)
  }

  @Test("An admin, a team lead, a seller, one of the first line and the contractor can log in")
  func accounts() {
    let accounts = DemoAccounts(
      usualCompany, passwords: passwords, address: .tcp(host: "127.0.0.1", port: 7420))
    #expect(accounts.accounts.map(\.profile) == ["admin", "lead", "seller", "first", "contractor"])
    #expect(Set(accounts.accounts.map(\.email)).count == 5)
    #expect(accounts.leads == 600)
    #expect(accounts.deals == 400)
    for account in accounts.accounts {
      #expect(accounts.text.contains(account.email))
      #expect(accounts.text.contains(account.password))
    }
  }

  @Test("Commands name the server where it is not the usual one")
  func server() {
    let usual = DemoAccounts(
      usualCompany, passwords: passwords, address: .tcp(host: "127.0.0.1", port: 7420))
    let other = DemoAccounts(
      usualCompany, passwords: passwords, address: .tcp(host: "127.0.0.1", port: 7999))
    #expect(!usual.text.contains("--server"))
    #expect(other.text.contains("voronka login --server 127.0.0.1:7999 --tenant mebel"))
  }
}
