internal import ArgumentParser
internal import Console

/// `voronka tenant create SLUG`.
struct TenantCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a company with its first admin.",
    discussion: """
      The password is asked for twice, or comes from --password-stdin or VORONKA_NEW_PASSWORD.
      """)

  @Argument(help: "Its short name in lower case.")
  var slug: String

  @Option(help: "The company's name.")
  var name: String

  @Option(help: "The code of its plan.")
  var plan: String

  @Option(help: "The first admin's e-mail address.")
  var email: String

  @Option(help: "The first admin's name.")
  var adminName: String

  @Option(help: "ru or en.")
  var locale: String?

  @Option(help: "Such as RUB.")
  var currency: String?

  @Option(help: "Such as Europe/Moscow.")
  var timezone: String?

  @Option(help: "A template for the first pipelines.")
  var template: String?

  @Flag(help: "Read the admin's password from the first line of standard input.")
  var passwordStdin = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = TenantDraft(
      slug: slug, name: name, plan: plan, email: email, adminName: adminName)
    draft.locale = locale
    draft.currency = currency
    draft.timezone = timezone
    draft.template = template
    draft.readsPasswordFromInput = passwordStdin
    return TenantCommand(.create(draft))
  }
}
