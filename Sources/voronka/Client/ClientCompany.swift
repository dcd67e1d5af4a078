internal import ArgumentParser

/// `voronka company …`.
struct ClientCompany: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "company", abstract: "Work with the clients' companies.",
    subcommands: [
      ClientCompanyList.self, ClientCompanyShow.self, ClientCompanyCreate.self,
      ClientCompanyDuplicates.self, ClientCompanyMerge.self,
    ])
}
