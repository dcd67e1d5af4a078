internal import ArgumentParser

/// `voronka company …`.
struct ClientCompany: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "company", abstract: "Work with the clients' companies.",
    discussion: """
      voronka company list --name Romashka
      voronka company create Romashka --phone "+7 495 123-45-67"
      voronka company update 2 --name "Romashka and Sons"
      """,
    subcommands: [
      ClientCompanyList.self, ClientCompanyShow.self, ClientCompanyCreate.self,
      ClientCompanyUpdate.self, ClientCompanyDelete.self, ClientCompanyDuplicates.self,
      ClientCompanyMerge.self,
    ])
}
