import SalesRules
import Testing

@Suite struct PasswordTests {
  @Test(arguments: [
    "password", "PassWord", "12345678", "Qwerty123", "1q2w3e4r", "iloveyou", "йцукенгш",
    "Пароль123",
    "letmein1", "88888888", "aAaaaaaaAa", "жжжжжжжжжж", "p@ssw0rd", "correcthorsebatterystaple",
  ])
  func `The commonest passwords are refused in any case of letters`(text: String) {
    #expect(Password.problem(in: text)?.code == "common")
  }

  @Test(arguments: [
    "correct horse battery", "passwords are long", "12345679 apples", "Кухня на заказ",
    "qwerty uiop",
  ])
  func `What is not among them needs no composition`(text: String) {
    #expect(Password.problem(in: text) == nil)
  }

  @Test func `What others know of the person is refused, what contains it is not`() {
    let names = ["anna.petrova@mebel-city.example", "Анна Петрова", "mebel-city", "Мебель-Сити"]
    for text in [
      "Anna.Petrova@mebel-city.example", "anna.petrova", "анна петрова", "MEBEL-CITY",
      "мебель-сити", "мебельсити", "Anna Petrova", "mebelcity",
    ] {
      #expect(Password.problem(in: text, of: names)?.code == "known", "\(text)")
    }
    #expect(Password.problem(in: "anna.petrova likes tea", of: names) == nil)
    #expect(Password.problem(in: "short", of: names)?.code == "too_short")
  }
}
