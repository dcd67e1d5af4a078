internal import ArgumentParser

/// `voronka user …`.
struct User: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with the people of your company.",
    subcommands: [
      UserList.self, UserShow.self, UserCreate.self, UserInvite.self, UserResetPassword.self,
      UserSetRole.self, UserAbsent.self,
      UserDeactivate.self, UserReactivate.self,
    ])
}
